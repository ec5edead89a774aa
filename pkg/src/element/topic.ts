/** What an issue is about. */

import type { Issue } from '../index.js';
import { topicOf as ask, type IssueTopic } from '../wasm/core.js';

/** What an issue is about, by the table of codes. */
export function topicOf({ code }: Issue): IssueTopic {
  const topic = ask(code);
  return topic.ok ? topic.value : 'other';
}
