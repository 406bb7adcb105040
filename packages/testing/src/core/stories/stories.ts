// Every story, for tests of what must not depend on order, on a fault or on an API version.
import { endsAtOnce, endsWithPeriod, setToEnd } from "./cancellation-stories.ts";
import { cardMoved, customerDeleted, elevenAsked, elevenCut } from "./customer-stories.ts";
import { declinedFirst, disputeLost, guestGainsCustomer } from "./payment-stories.ts";
import { recovered, trialEnds } from "./renewal-stories.ts";
import type { Story } from "./story.ts";
import { subscribedInASecond, upgraded } from "./subscription-stories.ts";
import { halfFails, paidAtOnce, paidLater, refundedFirst, unpaid } from "./ticket-stories.ts";

export const STORIES: readonly Story[] = [
  refundedFirst,
  declinedFirst,
  subscribedInASecond,
  upgraded,
  trialEnds,
  recovered,
  setToEnd,
  endsWithPeriod,
  endsAtOnce,
  customerDeleted,
  unpaid,
  paidAtOnce,
  paidLater,
  halfFails,
  disputeLost,
  elevenCut,
  elevenAsked,
  cardMoved,
  guestGainsCustomer,
];
