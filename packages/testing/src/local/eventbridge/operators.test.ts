// AWS's page "Comparison operators for use in event patterns", operator by operator, and what event-ruler adds.
import { describe, expect, it } from "vitest";
import { compilePattern } from "./pattern.ts";
import { vectors } from "./vectors.ts";

const TABLE = String.raw`
a text is compared character by character | ["running"] | ["running"] | ["Running", "run", "running ", ""]
a list accepts any of its values | ["a", 1, null] | ["a", 1, null] | ["b", 2, "1", "null", false]
the empty text is a value like others | [""] | [""] | [" ", null, 0, false]
null is not the text null | [null] | [null] | ["null", "", 0, false]
a number is equal however it is written | [5] | [5, 5.0, 50e-1] | ["5", 5.1, -5]
true and false are not texts | [true] | [true] | [false, "true", 1]
an IP address is equal however it is written | ["2001:db8::1"] | ["2001:db8::1", "2001:DB8:0:0:0:0:0:1"] | ["2001:db8::2"]
exactly is a text spelt out | [{"exactly": "a"}] | ["a"] | ["A", "ab"]

prefix accepts how a text begins | [{"prefix": "us-"}] | ["us-east-1", "us-"] | ["eu-us-", "us", "US-", 5, null]
several prefixes of any length | [{"prefix": "a"}, {"prefix": "bcd"}] | ["a", "ax", "bcde"] | ["bc", "xa"]
an empty prefix accepts every text | [{"prefix": ""}] | ["", "x"] | [1, null, true]
prefix can ignore case | [{"prefix": {"equals-ignore-case": "eventb"}}] | ["EventBridge", "eventb"] | ["event", "xeventb"]
suffix accepts how a text ends | [{"suffix": ".png"}] | ["a.png", ".png"] | [".PNG", "png", "a.png.gz", 1]
several suffixes of any length | [{"suffix": "0"}, {"suffix": "GW"}] | ["cus_0", "0", "GW"] | ["W", "cus_1", ""]
an empty suffix accepts every text | [{"suffix": ""}] | ["", "x"] | [1, null]
suffix can ignore case | [{"suffix": {"equals-ignore-case": "tbridge"}}] | ["EventBRIDGE"] | ["bridge"]
equals-ignore-case folds both sides | [{"equals-ignore-case": "aLice"}] | ["alice", "ALICE"] | ["alic", "", null]

a wildcard stands for any characters | [{"wildcard": "arn:*:event-bus/*"}] | ["arn:aws:event-bus/x", "arn::event-bus/"] | ["arn:aws:rule/x", "xarn::event-bus/"]
a wildcard alone accepts every text | [{"wildcard": "*"}] | ["", "x"] | [1, null]
what surrounds a wildcard may not overlap | [{"wildcard": "ab*ba"}] | ["abba", "abxba"] | ["aba"]
parts between wildcards come in their order | [{"wildcard": "*a*b*"}] | ["ab", "xaxbx"] | ["ba", "a"]
parts between wildcards may not overlap | [{"wildcard": "*ab*ab*"}] | ["abab", "xabxabx"] | ["ab", "aba"]
five wildcards are not too many | [{"wildcard": "*a*b*c*d*"}] | ["abcd", "xaxbxcxdx"] | ["abdc"]
a wildcard without one is plain text | [{"wildcard": "abc"}] | ["abc"] | ["abcd", ""]
an escaped wildcard is a star | [{"wildcard": "a\\*b"}] | ["a*b"] | ["axb", "a\\*b"]
an escaped backslash is a backslash | [{"wildcard": "a\\\\*"}] | ["a\\", "a\\b"] | ["a"]

numeric compares one bound | [{"numeric": ["<", 10]}] | [9, -1, 9.99] | [10, "9", null]
numeric includes a bound | [{"numeric": ["<=", 10]}] | [10] | [10.01]
numeric compares a lower bound | [{"numeric": [">=", 0]}] | [0, 1] | [-0.5]
numeric can be exact | [{"numeric": ["=", 301.8]}] | [301.8, 3.018e2] | [301, "301.8"]
numeric takes two bounds | [{"numeric": [">", 0, "<=", 5]}] | [1, 5] | [0, 6]
cidr accepts the addresses of a block | [{"cidr": "10.0.0.0/24"}] | ["10.0.0.0", "10.0.0.255"] | ["10.0.1.0", "10.0.0", "x", 10, null]
cidr may start anywhere in its block | [{"cidr": "10.0.0.77/24"}] | ["10.0.0.1"] | ["10.0.1.77"]
cidr knows IPv6 | [{"cidr": "2001:db8::/32"}] | ["2001:db8::1", "2001:0db8:ffff::"] | ["2001:db9::1", "32.1.13.184", "2001:db8:3:4::5:6:7:8"]

exists true accepts any value | [{"exists": true}] | [null, "", 0, false, [null]] | [[], {}, {"g": 1}]
exists false accepts only what is no leaf | [{"exists": false}] | [[], {}, {"g": 1}] | [null, "", 0, [null]]
exists false may stand beside values | [{"exists": false}, "x"] | [[], "x"] | ["y"]

anything-but a text | [{"anything-but": "x"}] | ["y", "", 1, null, true] | ["x"]
anything-but a number | [{"anything-but": 0}] | [1, "0", null] | [0]
anything-but a list of texts | [{"anything-but": ["a", "b"]}] | ["c", null, 5] | ["a", "b"]
anything-but a list of numbers | [{"anything-but": [1, 2]}] | [3, "1"] | [1, 2]
anything-but still needs a value | [{"anything-but": "x"}] | [] | [[], {}]
anything-but a prefix | [{"anything-but": {"prefix": "us-"}}] | ["eu-1", null, 7] | ["us-east-1"]
anything-but prefixes | [{"anything-but": {"prefix": ["a", "bc"]}}] | ["b", "xa"] | ["a1", "bcd"]
anything-but a suffix | [{"anything-but": {"suffix": ".png"}}] | ["a.txt", null] | ["a.png"]
anything-but suffixes | [{"anything-but": {"suffix": ["0", "1"]}}] | ["a2", ""] | ["a0", "1"]
anything-but a wildcard | [{"anything-but": {"wildcard": "*/lib/*"}}] | ["/bin/x", null] | ["/usr/lib/x"]
anything-but wildcards | [{"anything-but": {"wildcard": ["a*", "*z"]}}] | ["bc"] | ["ab", "yz"]
anything-but ignoring case | [{"anything-but": {"equals-ignore-case": "init"}}] | ["run", null] | ["INIT", "init"]
anything-but a list ignoring case | [{"anything-but": {"equals-ignore-case": ["A", "b"]}}] | ["c"] | ["a", "B"]
`;

describe("an event pattern's operators", () => {
  const table = vectors(TABLE, (field) => ({ detail: { field } }));

  it.each(table)("$says: $pattern.detail.field, $event.detail.field → $matches", (vector) => {
    expect(compilePattern(vector.pattern)(vector.event)).toBe(vector.matches);
  });

  it("are tried on more than 150 values", () => {
    expect(table.length).toBeGreaterThan(150);
  });

  it("do not find a field that is missing, but for exists false", () => {
    const absent = { detail: { other: 1 } };
    expect(compilePattern({ detail: { field: [{ "anything-but": "x" }] } })(absent)).toBe(false);
    expect(compilePattern({ detail: { field: [{ exists: false }] } })(absent)).toBe(true);
  });
});
