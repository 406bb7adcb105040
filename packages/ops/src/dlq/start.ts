// `npm run dlq`: what is parked, and back into its lane with it.
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2), process.env);
