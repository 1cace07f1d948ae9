/* The page after signing out. */

import { forgetAll } from "./forget.js";

forgetAll();
