// Requests with their answers, in the order they arrived: what the canned server answers, and what the floor asks.
import { AwsError, type Dispatch } from "@stripe-lanes/testing/local/http";

export type Exchange = {
  operation: string;
  input: object;
  status: number;
  /** The answer's body, as JSON. */
  answer: string;
};

/** Hands on each request, and adds it to `exchanges`; also one that is refused. */
export function recording(dispatch: Dispatch, exchanges: Exchange[]): Dispatch {
  return async (operation, input, gone) => {
    const exchange: Exchange = { operation, input, status: 0, answer: "" };
    exchanges.push(exchange);
    try {
      const output = await dispatch(operation, input, gone);
      Object.assign(exchange, { status: 200, answer: JSON.stringify(output) });
      return output;
    } catch (error) {
      if (error instanceof AwsError) Object.assign(exchange, refused(error));
      throw error;
    }
  };
}

function refused({ status, code, message, members }: AwsError) {
  return { status, answer: JSON.stringify({ __type: code, message, ...members }) };
}
