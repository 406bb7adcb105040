// `npm run cost`: the bill of a month, from measured quantities and AWS's price list.
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2));
