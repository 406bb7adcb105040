// `npm run bench`: how fast the worker is, and what it takes, beside what people would use instead.
import { enableCompileCache } from "node:module";

// What is imported from here on is compiled once, not at each start.
enableCompileCache();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
