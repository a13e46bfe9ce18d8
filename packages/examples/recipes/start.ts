import { openEngine } from "@dryharbor/sdk";
import { startShop } from "./shop.js";

await using engine = await openEngine();
await startShop(engine);
console.log("The shop is open at http://localhost:8080/");
