// `npm run sim`: a deterministic simulation that tries to lose an event.
import { enableCompileCache } from "node:module";

// What is imported from here on is compiled once, not at each start.
enableCompileCache();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
