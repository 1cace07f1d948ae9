/* Signing out: what this device keeps of unsent words goes, also where the browser does not heed
   the server's word to clear it. */

import { forget as forgetDrafts } from "./drafts.js";
import { forget as forgetTexts } from "./outbox.js";

export async function forgetAll() {
  forgetDrafts();
  await forgetTexts();
}
