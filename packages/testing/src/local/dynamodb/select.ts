// What Query and Scan refuse of `Select` and of parallel segments, beyond what dynalite does. Query counts its errors,
// Scan does not.
type Selecting = {
  Select?: string;
  IndexName?: string;
  ProjectionExpression?: string;
  AttributesToGet?: string[];
  Segment?: number;
  TotalSegments?: number;
};

const ERRORS = { Query: "1 validation error detected: ", Scan: "" };

/** What is chosen where a projection may not stand beside it. */
const CHOSEN = new Map([
  ["ALL_ATTRIBUTES", "ALL_ATTRIBUTES"],
  ["ALL_PROJECTED_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"],
  ["COUNT", "only the Count"],
]);

/** The message of a refusal, if the request is one to refuse. */
export function selectFault(operation: "Query" | "Scan", request: Selecting): string | undefined {
  const reason = reasonOf(request);
  return reason === undefined ? undefined : `${ERRORS[operation]}${reason}`;
}

function reasonOf({ Select, IndexName, ProjectionExpression, AttributesToGet }: Selecting) {
  const projection = ProjectionExpression ? "ProjectionExpression" : AttributesToGet && "AttributesToGet";
  if (Select === "SPECIFIC_ATTRIBUTES" && !projection) {
    return "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES";
  }
  const chosen = CHOSEN.get(Select ?? "");
  if (chosen && projection) return `Cannot specify the ${projection} when choosing to get ${chosen}`;
  if (Select === "ALL_PROJECTED_ATTRIBUTES" && IndexName === undefined) {
    return "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName";
  }
  return undefined;
}

/** The first segment is 0, so its being there is not its being true. */
export function segmentFault({ Segment, TotalSegments }: Selecting): string | undefined {
  if (Segment === undefined || TotalSegments !== undefined) return undefined;
  return "The TotalSegments parameter is required but was not present in the request when Segment parameter is present";
}
