/** What an issue is about. */

import type { Issue } from '../../index.js';
import { topicOf as ask, type IssueTopic } from '../../wasm/core.js';

/** What an issue is about, by the table of codes. */
export function topicOf({ code }: Issue): IssueTopic {
  const topic = ask(code);
  return topic.ok ? topic.value : 'other';
}

/** Whether an issue is new here: the user knows who has paused, and warnings about URLs were shown beside their fields. */
export function isNews(issue: Issue): boolean {
  const topic = topicOf(issue);
  return topic !== 'pause' && !(topic === 'url' && issue.severity === 'warning');
}
