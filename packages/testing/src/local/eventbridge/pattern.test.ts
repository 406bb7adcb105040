// Patterns as a whole: nesting, arrays, $or, and what AWS refuses.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flatten } from "./flat.ts";
import { compile, compilePattern, matches } from "./pattern.ts";
import { rows, vectors } from "./vectors.ts";

const WHOLE = `
all fields must match | {"a":["x"],"b":["y"]} | [{"a":"x","b":"y","c":1}] | [{"a":"x"},{"a":"x","b":"z"}]
fields are found at their depth only | {"a":{"b":["x"]}} | [{"a":{"b":"x"}}] | [{"b":"x"},{"a":"x"},{"a":{"a":{"b":"x"}}}]
a dot in a name is a step | {"a.b":["x"]} | [{"a":{"b":"x"}},{"a.b":"x"}] | [{"a":"x"}]
names of fields have a case | {"a":["x"]} | [] | [{"A":"x"}]
the last of two equal paths counts | {"a":{"b":["x"]},"a.b":["y"]} | [{"a":{"b":"y"}}] | [{"a":{"b":"x"}}]
`;

const ARRAYS = `
one common value is enough | {"r":["a","b"]} | [{"r":["b","z"]},{"r":"a"}] | [{"r":["z"]},{"r":[]}]
arrays in arrays are searched too | {"r":["a"]} | [{"r":[["a"]]},{"r":["z",["y",["a"]]]}] | [{"r":[["z"]]}]
fields of one element belong together | {"i":{"k":["a"],"v":[1]}} | [{"i":[{"k":"z"},{"k":"a","v":1}]}] | [{"i":[{"k":"a","v":2},{"k":"b","v":1}]}]
so do those of nested elements | {"i":{"j":{"k":["a"],"v":[1]}}} | [{"i":[{"j":[{"k":"a","v":1}]}]}] | [{"i":[{"j":[{"k":"a"},{"v":1}]}]},{"i":[{"j":[{"k":"a"}]},{"j":[{"v":1}]}]}]
and those of arrays directly in arrays | {"i":{"k":["a"],"v":[1]}} | [{"i":[[{"k":"a","v":1}]]}] | [{"i":[[{"k":"a"}],[{"v":1}]]}]
an outer element ties what its inner ones hold | {"i":{"n":["a"],"j":{"k":["b"]}}} | [{"i":[{"n":"a","j":[{"k":"z"},{"k":"b"}]}]}] | [{"i":[{"n":"a","j":[]},{"n":"z","j":[{"k":"b"}]}]}]
different arrays are free of each other | {"i":{"k":["a"]},"j":{"k":["b"]}} | [{"i":[{"k":"a"}],"j":[{"k":"z"},{"k":"b"}]}] | [{"i":[{"k":"a"}],"j":[{"k":"z"}]}]
texts in an array belong to no element | {"i":["a"],"i.b":[1]} | [{"i":["a",{"b":1}]}] | [{"i":["z",{"b":1}]}]
a field of no array does not loosen those of one | {"i":{"k":["a"],"m":["x"],"v":[1]}} | [{"i":[{"k":"a","v":1}],"i.m":"x"}] | [{"i":[{"k":"a"},{"v":1}],"i.m":"x"}]
anything-but holds when any value differs | {"r":[{"anything-but":"a"}]} | [{"r":["a","b"]}] | [{"r":["a","a"]},{"r":[]}]
numeric bounds hold for one value at once | {"r":[{"numeric":[">",1,"<",5]}]} | [{"r":[0,3]}] | [{"r":[0,9]}]
what is absent is absent from the same element | {"i":{"a":[1],"b":[{"exists":false}]}} | [{"i":[{"a":1},{"b":2}]},{"i":[{"a":1,"c":3}]}] | [{"i":[{"a":1,"b":2}]}]
the earlier path decides which element that is | {"i":{"a":[{"exists":false}],"b":[1]}} | [{"i":[{"b":1}]}] | [{"i":[{"b":1},{"a":2}]}]
`;

const OR = `
one choice is enough | {"$or":[{"a":["x"]},{"b":["y"]}]} | [{"a":"x"},{"b":"y"},{"a":"x","b":"y"}] | [{"a":"y","b":"x"},{}]
beside other fields it adds a condition | {"s":["q"],"$or":[{"a":["x"]},{"b":["y"]}]} | [{"s":"q","b":"y"}] | [{"s":"q"},{"b":"y"}]
it may come first | {"$or":[{"a":["x"]},{"b":["y"]}],"s":["q"]} | [{"s":"q","a":"x"}] | [{"a":"x"}]
it works at any depth | {"d":{"$or":[{"a":["x"]},{"b":["y"]}]}} | [{"d":{"a":"x"}}] | [{"a":"x"}]
a choice may need several fields | {"$or":[{"a":["x"],"b":["y"]},{"c":["z"]}]} | [{"a":"x","b":"y"},{"c":"z"}] | [{"a":"x"}]
two of them multiply | {"$or":[{"a":[1]},{"b":[1]}],"d":{"$or":[{"e":[1]},{"f":[1]}]}} | [{"a":1,"d":{"f":1}},{"b":1,"d":{"e":1}}] | [{"a":1,"b":1},{"d":{"e":1}}]
they nest | {"$or":[{"a":[1],"$or":[{"b":[1]},{"c":[1]}]},{"z":[1]}]} | [{"a":1,"c":1},{"z":1}] | [{"a":1},{"c":1}]
a choice may be an absence | {"$or":[{"a":[{"exists":false}]},{"a":[{"prefix":"x"}]}]} | [{},{"a":"xy"}] | [{"a":"y"},{"a":null}]
a choice for a path replaces what came before | {"a":["x"],"$or":[{"a":["y"]},{"b":["z"]}]} | [{"a":"y"},{"a":"x","b":"z"}] | [{"a":"x"}]
`;

const REFUSED = `
[] | Filter is not an object
{} | Empty objects are not allowed
{"a":{}} | Empty objects are not allowed
{"a":[]} | Empty arrays are not allowed
{"a":"x"} | "a" must be an object or an array
{"a":42} | "a" must be an object or an array
{"a":[["x"]]} | Match value must be String, number, true, false, or null
{"a":[{}]} | Match expression name not found
{"a":[{"EXISTS":true}]} | Unrecognized match type EXISTS
{"a":[{"prefix":"x","suffix":"y"}]} | Only one key allowed in match expression
{"a":[{"prefix":5}]} | prefix match pattern must be a string
{"a":[{"suffix":["x"]}]} | suffix match pattern must be a string
{"a":[{"prefix":{}}]} | Prefix expression name not found
{"a":[{"suffix":{}}]} | Suffix expression name not found
{"a":[{"prefix":{"wildcard":"x"}}]} | Unsupported prefix pattern: wildcard
{"a":[{"suffix":{"equals-ignore-case":5}}]} | equals-ignore-case match pattern must be a string
{"a":[{"equals-ignore-case":["x"]}]} | equals-ignore-case match pattern must be a string
{"a":[{"exists":"true"}]} | exists match pattern must be either true or false.
{"a":[{"wildcard":5}]} | wildcard match pattern must be a string
{"a":[{"wildcard":"a**"}]} | Consecutive wildcard characters at pos 2
{"a":[{"wildcard":"a\\\\b"}]} | Invalid escape character at pos 2
{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]} | Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character
{"a":[{"numeric":10}]} | Value of numeric must be an array.
{"a":[{"numeric":[]}]} | Invalid member in numeric match: ]
{"a":[{"numeric":["!=",1]}]} | Unrecognized numeric range operator: !=
{"a":[{"numeric":["=","1"]}]} | Value of equals must be numeric
{"a":[{"numeric":["<"]}]} | Value of < must be numeric
{"a":[{"numeric":["<",1,">",0]}]} | Too many elements in numeric expression
{"a":[{"numeric":[">",0,">",1]}]} | Bad numeric range operator: >
{"a":[{"numeric":[">",0,1]}]} | Bad value in numeric range: 1
{"a":[{"numeric":[">",0,"<"]}]} | Value of < must be numeric
{"a":[{"numeric":[">",0,"<",1,2]}]} | Too many terms in numeric range expression
{"a":[{"numeric":[">",5,"<",5]}]} | Bottom must be less than top
{"a":[{"cidr":["x"]}]} | prefix match pattern must be a string
{"a":[{"cidr":"10.0.0.0"}]} | Malformed CIDR, one '/' required
{"a":[{"cidr":"10.0.0.0/x"}]} | Malformed CIDR, mask bits must be an integer
{"a":[{"cidr":"10.0.0.0/-1"}]} | Malformed CIDR, mask bits must not be negative
{"a":[{"cidr":"10.0.0.0/32"}]} | IPv4 mask bits must be < 32
{"a":[{"cidr":"::/128"}]} | IPv6 mask bits must be < 128
{"a":[{"cidr":"xx.11.xx/8"}]} | Nonstandard IP address: xx.11.xx
{"a":[{"cidr":"10.0.0.256/8"}]} | Invalid IP address: 10.0.0.256
{"a":[{"anything-but":null}]} | Value of anything-but must be an array or single string/number value.
{"a":[{"anything-but":{"prefix":{"equals-ignore-case":"x"}}}]} | Value of anything-but must be an array or single string/number value.
{"a":[{"anything-but":["x",null]}]} | Inside anything but list, start|null|boolean is not supported.
{"a":[{"anything-but":["x",1]}]} | Inside anything but list, either all values are number or string, mixed type is not supported
{"a":[{"anything-but":[]}]} | Inside anything but list, either all values are number or string, mixed type is not supported
{"a":[{"anything-but":{}}]} | Anything-But expression name not found
{"a":[{"anything-but":{"numeric":["=",1]}}]} | Unsupported anything-but pattern: numeric
{"a":[{"anything-but":{"prefix":5}}]} | prefix/suffix match pattern must be a string
{"a":[{"anything-but":{"suffix":""}}]} | Null prefix/suffix not allowed
{"a":[{"anything-but":{"wildcard":[1,"x"]}}]} | wildcard match pattern must be a string
{"a":[{"anything-but":{"equals-ignore-case":123}}]} | Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.
{"a":[{"anything-but":"x","prefix":"y"}]} | Too many elements in numeric expression
{"$or":{"a":["x"]}} | It must be an Array followed with $or.
{"$or":[{"a":["x"]}]} | There must have at least 2 Objects in $or relationship.
{"$or":[{"a":["x"]},"b"]} | Only JSON object is allowed in array of $or relationship.
{"$or":[{"prefix":["x"]},{"a":["y"]}]} | prefix is Ruler reserved fieldName which cannot be used inside $or.
`;

describe("an event pattern", () => {
  const table = vectors(WHOLE + ARRAYS + OR);

  it.each(table)("$says: $pattern, $event → $matches", (vector) => {
    expect(compilePattern(vector.pattern)(vector.event)).toBe(vector.matches);
    expect(compilePattern(JSON.stringify(vector.pattern))(vector.event)).toBe(vector.matches);
  });

  it.each(rows(REFUSED))("is refused as AWS refuses it: %s", (pattern = "", reason = "") => {
    const message = `Event pattern is not valid. Reason: ${reason}`;
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({ code: "InvalidEventPatternException", message }),
    );
  });

  it("that is no JSON is refused", () => {
    expect(() => compilePattern("{'bad': 'quotation'}")).toThrow("Event pattern is not valid. Reason: ");
  });

  it("has at most 2,048 characters", () => {
    const ofLength = (length: number) => `{"a":["${"x".repeat(length - 10)}"]}`;
    expect(ofLength(2048)).toHaveLength(2048);
    expect(() => compilePattern(ofLength(2048))).not.toThrow();
    expect(() => compilePattern(ofLength(2049))).toThrow("The pattern has 2049 characters, 2048 are allowed");
  });

  it("has at most 1,000 combinations of its $ors", () => {
    const squared = (count: number) => ({ a: { $or: choicesOf(count) }, b: { $or: choicesOf(count) } });
    expect(compile(squared(31))).toHaveLength(961);
    expect(() => compile(squared(32))).toThrow("$or makes more than 1000 combinations");
  });

  it("that excludes a text and one that demands it never agree on a single value", () => {
    const literal = fc.oneof(fc.string(), fc.integer());
    fc.assert(
      fc.property(literal, literal, (wanted, value) => {
        const event = { a: value };
        const accepts = compilePattern({ a: [wanted] })(event);
        expect(compilePattern({ a: [{ "anything-but": wanted }] })(event)).toBe(!accepts);
      }),
    );
  });
});

describe("many patterns", () => {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const lanes = Array.from({ length: 16 }, (_, lane) => {
    const own = [...ALPHABET].filter((_, at) => at % 16 === lane).map((suffix) => ({ suffix }));
    const others = [{ "anything-but": { suffix: [...ALPHABET] } }];
    const choices = [
      { customer: own },
      { customer: [{ exists: false }], id: own },
      { customer: others, id: own },
    ];
    return compile({ detail: { object: ["event"], data: { object: { $or: choices } } } });
  });
  const eventOf = (object: object) => ({ detail: { object: "event", data: { object } } });

  const lanesOf = (event: object) => {
    const flat = flatten(event);
    return lanes.filter((lane) => matches(lane, flat));
  };

  it("share one flattened event and split all ids among them", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ALPHABET), fc.option(fc.constantFrom(...ALPHABET)), (last, customer) => {
        const object = { id: `in_${last}`, customer: customer && `cus_${customer}` };
        expect(lanesOf(eventOf(object))).toHaveLength(1);
      }),
    );
  });

  it("cost for an event with 300 values, in all lanes, less than to parse it twelve times", () => {
    const lines = Array.from({ length: 100 }, (_, at) => ({ id: `il_${at}`, amount: at, currency: "usd" }));
    const event = eventOf({ id: "in_1", customer: "cus_Z", lines: { data: lines } });
    const text = JSON.stringify(event);
    const times = Array.from({ length: 200 }, () => {
      return [millisecondsFor(() => lanesOf(event)), millisecondsFor(() => JSON.parse(text))] as const;
    });
    const matching = Math.min(...times.map(([matched]) => matched));
    const parsing = Math.min(...times.map(([, parsed]) => parsed));
    expect(matching / parsing).toBeLessThan(12);
  });
});

function millisecondsFor(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function choicesOf(count: number) {
  return Array.from({ length: count }, (_, at) => ({ [`f${at}`]: [1] }));
}
