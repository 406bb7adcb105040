// What SST gives every function's role, narrowed.
import type { Settings } from "./settings.ts";

/** Leave to write one function's own log, in place of every log of the account. SST names it after the function. */
export function logsPermission(
  functionName: string,
  { region }: Settings,
  account: $util.Input<string>,
): sst.aws.FunctionPermissionArgs {
  const group = $interpolate`arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${functionName}`;
  return { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [$interpolate`${group}:*`] };
}

/** SST lets the whole account take the role on too, which is of use while `sst dev` runs the function here. */
export function narrowRole(role: aws.iam.RoleArgs): undefined {
  role.managedPolicyArns = [];
  if ($dev) return;
  role.assumeRolePolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
    ],
  });
}
