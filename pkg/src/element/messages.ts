/** Every text of the element by its key; `{name}` is a place for a value. The texts of issues come from the package, by code. */

import type { Issue, IssueCode } from '../types.js';

/**
 * What there is to translate. Each key is a text of its own, so these pages do not list them.
 *
 * @hidden
 */
export const english = {
  steps: 'Steps',
  'step.method': 'Method',
  'step.gitlab': 'GitLab',
  'step.repositories': 'Repositories',
  'step.torque': 'Torque',
  'step.review': 'Review',
  'step.connect': 'Connect',
  'step.position': 'Step {position} of {count}',
  'step.done': 'done',

  'action.back': 'Back',
  'action.continue': 'Continue',
  'action.connect': 'Connect',
  'action.copy': 'Copy',
  'action.copied': 'Copied',
  'action.copy_failed': 'Copying was not allowed here. Select the text instead.',
  'action.show': 'Show',
  'action.hide': 'Hide',
  'action.show_secret': 'Show {label}',
  'action.hide_secret': 'Hide {label}',
  'action.secret_shown': '{label} is shown.',
  'action.secret_hidden': '{label} is hidden.',
  'action.use': 'Use',
  'action.strip_token': 'Keep only the token',
  optional: 'optional',
  'error.count_one': 'One thing needs your attention',
  'error.count': '{count} things need your attention',
  'verdict.ok': 'Looks right.',

  'restored.entries': 'Your entries are back. Tokens are never kept, so enter them again.',
  'restored.job':
    'Your entries are back, and a job that did not come to its end. Enter the tokens again and press Connect: it goes on where it stopped, and nothing is done twice.',
  'restored.unreadable':
    'Your saved entries could not be read, so the form is empty. If a job was running, check in Torque what is connected before you connect again.',
  'restored.anew': 'Start anew',

  'method.heading': 'How should Torque reach your GitLab?',
  'method.lead':
    'Both ways end the same: your repositories are connected to a Torque space. They differ in the tokens that you need.',
  'method.provider': 'One repository provider',
  'method.provider_text': 'One token opens every repository below the address of your GitLab.',
  'method.provider_needs':
    'Needs a token with read_api and read_repository that never expires, and an administrator of Torque.',
  'method.token_per_repository': 'A token for each repository',
  'method.token_per_repository_text': 'No provider: every repository brings a token of its own.',
  'method.token_per_repository_needs': 'Needs a token with read access for each repository that you connect.',
  'method.self_managed':
    'This is for a self-managed GitLab, so Torque is told so with every repository. A Torque agent must be able to reach the server.',

  'gitlab.heading': 'Your GitLab',
  'gitlab.lead': 'Torque stores the address and the token as a repository provider.',
  'gitlab.lead_existing': 'The provider is in Torque already, so all that is needed is the address it was made with.',
  'gitlab.which': 'The provider',
  'gitlab.new': 'Create a new one',
  'gitlab.existing': 'Use one that Torque has',
  'gitlab.existing_note':
    'Every repository must lie below the address of the provider. No token is asked for: Torque has it.',

  'field.name': 'Name of the provider',
  'field.name_hint': 'How Torque lists it, for example gitlab-1.',
  'field.base_url': 'Address of your GitLab',
  'field.base_url_hint':
    'As in the browser, with the port and the path if it has them: https://gitlab.example.com:8443/gitlab/',
  'field.base_url_ok': '{scheme} on {host}, port {port}.',
  'field.base_url_ok_path': '{scheme} on {host}, port {port}, below {path}',
  'field.token': 'GitLab access token',
  'field.token_hint':
    'Scopes read_api and read_repository, no expiration date. It is kept on this page only until Torque has it.',
  'field.repository_url': 'Repository URL',
  'field.repository_url_hint': 'You can paste a list: every line becomes a repository.',
  'field.repository_url_inside': 'Inside {base}: {path}',
  'field.repository_url_ok': 'Project {path} on {host}',
  'field.repository_token': 'Token of this repository',
  'field.repository_token_hint': 'A GitLab token with read access, scope read_repository.',
  'field.repository_name': 'Name in the space',
  'field.repository_name_hint': 'By default the name of the project.',
  'field.branch': 'Branch',
  'field.branch_hint': 'By default the project’s own.',
  'field.credential_name': 'Name of the credential',
  'field.credential_name_hint': 'How Torque stores the token; by default the name of the repository.',
  'field.credential_name_hint_provider':
    'Of a credential that the space has already. The provider’s token serves without one.',
  'field.agents': 'Agents',
  'field.agents_hint': 'Names of those that reach this GitLab, with commas between. By default all.',
  'field.check_base_url': 'Address of your GitLab, to check the tokens',
  'field.check_base_url_hint':
    'GitLab is asked about the tokens only below this address. Without it the tokens are not checked.',
  'field.portal_url': 'Address of Torque',
  'field.portal_url_hint':
    'Where you open Torque, for example https://portal.qtorque.io/, or your portal’s own proxy in front of it.',
  'field.space': 'Space',
  'field.space_hint': 'The space in Torque that gets the repositories. It must exist.',
  'field.torque_token': 'Torque API token',
  'field.torque_token_hint': 'Made in Torque under your profile. It is sent to the address above and nowhere else.',
  'field.torque_token_hint_provider':
    'Made in Torque under your profile, by an administrator because it creates a provider. It is sent to the address above and nowhere else.',

  'token.make': 'Make a token in GitLab',
  'token.make_older': 'Older GitLab',
  'token.make_before18_9': 'Create a token in GitLab 16.8 to 18.8',
  'token.make_before16_8': 'Create a token in GitLab 16.7 or earlier',
  'token.test': 'Test with GitLab',
  'token.testing': 'Asking GitLab…',
  'token.checklist': 'What GitLab says',
  'token.needs': 'What Torque needs of this token',
  'token.needs_kind': 'A personal, project or group access token.',
  'token.needs_scopes_provider': 'read_api and read_repository.',
  'token.needs_scopes_repository': 'read_repository.',
  'token.needs_expiry_provider': 'None: with it every repository stops working.',
  'token.needs_expiry_repository': 'The later the better.',
  'token.needs_reach_provider': 'Every project that is to be connected.',
  'token.needs_reach_repository': 'Its code can be read.',
  'token.reach': 'Reach',
  'token.reach_all_one': 'It sees 1 project.',
  'token.reach_all': 'It sees {count} projects.',
  'token.reach_more': 'It sees more than {count} projects.',
  'token.verdict_ok': 'This token will do.',
  'token.verdict_reject': 'This token will not do yet.',
  'token.verdict_unknown':
    'What came back does not tell whether this token will do. That says nothing against the token.',
  'token.verdict_unasked': 'GitLab could not be asked from here. That says nothing against the token.',
  'token.answer': 'Answer',
  'token.answer_ok': 'GitLab knows the token “{name}”.',
  'token.answer_ok_unnamed': 'GitLab knows the token.',
  'token.answer_none': 'There was no answer that this page could read.',
  'token.kind': 'Kind',
  'token.scopes': 'Scopes',
  'token.not_known': 'Not known.',
  'token.scope_missing': 'missing',
  'token.expiry': 'Expiry',
  'token.expiry_never': 'Never expires.',
  'token.expiry_date_one': 'Ends at the start of {date} (UTC), 1 day from now.',
  'token.expiry_date': 'Ends at the start of {date} (UTC), {count} days from now.',
  'token.expiry_past': 'Ended at the start of {date} (UTC).',
  'token.project': 'Repository',
  'token.project_ok': 'Readable as {path}.',
  'token.project_branch': 'Readable as {path}, default branch {branch}.',
  'token.continue': 'Go on without this check',
  'token.continue_hint': 'Torque’s own server may well reach what this browser cannot.',
  'token.accept_expiry': 'Accept that this token expires',
  'token.accept_expiry_hint':
    'Every repository of the provider stops working on that day. Note the date, and give Torque a new token before.',
  'token.continue_hint_tokens': 'Torque then finds out by itself whether the tokens work.',
  'token.http': 'Send the token to this address without encryption',
  'token.http_hint': 'The address begins with http, so anyone on the way could read the token.',
  'network.failed':
    'The browser got no answer. The address may not be reachable from here, its certificate may not be trusted, or a proxy or this page’s policy may stand in between.',
  'network.offline': 'This computer is offline. Try again when it is connected.',
  'network.timeout': 'There was no answer in time.',

  'kind.access_token': 'Personal, project or group access token, by its prefix.',
  'kind.oauth_access_token': 'OAuth access token, by its shape.',
  'kind.unknown': 'An access token without a prefix that is known.',

  'repositories.heading': 'Your repositories',
  'repositories.lead': 'Every repository must lie below {base}',
  'repositories.lead_tokens': 'Each is connected with its own token.',
  'repositories.none_needed': 'You can leave this empty and connect repositories later.',
  'repositories.count_one': '1 repository',
  'repositories.count': '{count} repositories',
  'repositories.title': 'Repository {number}',
  'repositories.add': 'Add a repository',
  'repositories.remove': 'Remove',
  'repositories.remove_this': 'Remove repository {number}',
  'repositories.removed': 'Repository {number} is removed.',
  'repositories.added_one': '1 repository is added.',
  'repositories.added': '{count} repositories are added.',
  'repositories.edit': 'Edit',
  'repositories.edit_this': 'Edit {title}',
  'repositories.more': 'Name, branch, agents',
  'repositories.lines': 'Paste a list',
  'repositories.projects': 'Pick from GitLab',
  auto_register: 'Register environments by themselves',
  auto_register_hint: 'Torque takes up the environments as code that the repository describes.',

  'lines.label': 'List of repositories',
  'lines.hint':
    'One URL in each line, or a table (CSV) whose first line names the columns: url, name, branch, token, credentialName, agents. A file can be dropped here.',
  'lines.good_one': '1 repository can be added.',
  'lines.good': '{count} repositories can be added.',
  'lines.bad_one': '1 line cannot be used.',
  'lines.bad': '{count} lines cannot be used.',
  'lines.line': 'Line {line}: ',
  'lines.more': 'And {count} more.',
  'lines.add_one': 'Add it',
  'lines.add': 'Add {count}',
  'lines.file': 'Choose a file',
  'lines.meant': 'Take what was meant in {count} lines',
  'lines.empty': 'Empty the list',
  'lines.waiting_one': '1 repository of your list is not added yet. Add it, or empty the list.',
  'lines.waiting': '{count} repositories of your list are not added yet. Add them, or empty the list.',
  'lines.left': 'What is left of your list cannot be used. Mend it, or empty the list.',
  'lines.unreadable': 'The file could not be read. Save it as UTF-8 (in Excel: CSV UTF-8), or paste its text.',

  'pick.search': 'Projects that the token reaches',
  'pick.find': 'Find',
  'pick.found_one': 'GitLab lists 1 project.',
  'pick.found': 'GitLab lists {count} projects.',
  'pick.legend': 'Projects',
  'pick.there': 'in the list',
  'pick.marked': 'marked for deletion',
  'pick.marked_on': 'marked for deletion on {date}',
  'pick.none': 'GitLab lists no such project for this token.',
  'pick.add_one': 'Add 1 project',
  'pick.add': 'Add {count} projects',
  'pick.more': 'Show more',

  'compare.label': 'Base URL and repository URL, part by part',
  'compare.scheme': 'Scheme',
  'compare.host': 'Host',
  'compare.port': 'Port',
  'compare.basePath': 'Base path',
  'compare.namespace': 'Group',
  'compare.project': 'Project',
  'compare.rest': 'Rest',
  'compare.same': 'is the same as',
  'compare.differs': 'is not',
  'compare.below': 'below the base URL',
  'compare.open': 'not compared with',

  'torque.heading': 'Your Torque space',
  'torque.lead': 'Where the repositories go.',
  'torque.given': 'Signed in through this portal: no token is needed.',

  'review.heading': 'Review and connect',
  'review.lead': 'Check what will be sent. Nothing is sent before you press Connect.',
  'review.method_new': 'New provider “{name}”',
  'review.method_existing': 'Provider that Torque has',
  'review.token': 'GitLab token',
  'review.repositories_none': 'None yet',
  'review.space': 'Space {space}',
  'review.self_managed': 'Self-managed',
  'review.self_managed_text': 'Yes: every request uses Torque’s type gitLabEnterprise.',
  'review.requests': 'What is sent',
  'review.requests_hint':
    'The requests in their order, with the exact JSON. An answer may lead to further ones. Tokens are masked here, and only here.',
  'review.send.token': 'Test the GitLab token',
  'review.send.project': 'Look up {name} in GitLab',
  'review.send.branch': 'Look up the branch of {name}',
  'review.send.probe': 'Look up a file of {name}',
  'review.send.provider': 'Create the provider',
  'review.send.repository': 'Connect {name}',
  'review.send.list': 'Check the status in the space',
  'review.curl': 'The same with curl',
  'review.curl_hint':
    'Read it, then run it in sh, dash, bash, zsh or busybox sh. The tokens come from variables of your shell and are never in an argument.',
  'review.json': 'All of it as JSON',
  'review.json_hint': 'The requests in their order. Tokens are masked.',
  'review.terraform': 'The same with Terraform',
  'review.terraform_hint': 'For Torque’s own Terraform provider. The tokens are sensitive variables.',
  'review.more': 'and {count} more',
  'review.problems': 'This cannot be sent yet',
  'review.change': 'Change',

  'connect.heading': 'Connecting',
  'connect.lead': 'This page talks to Torque now. You can pause at any time; what is done stays done.',
  'connect.progress': '{done} of {count} done.',
  'connect.pause': 'Pause',
  'connect.pausing': 'Pausing…',
  'connect.resume': 'Resume',
  'connect.use_existing': 'Use the provider that Torque has',
  'connect.provider_there': 'Torque has it: go on',
  'connect.provider_not_there': 'Torque does not have it: create it',
  'connect.not_started': 'Nothing was done for {count} repositories, because an earlier step ended the job.',
  'connect.waiting': 'Waiting {seconds} s before the next look.',
  'connect.again': 'Try again',
  'connect.change': 'Change something',
  'connect.more': 'Connect more',
  'connect.requests_one': '1 request',
  'connect.requests': '{count} requests',
  'connect.token_row': 'Check with GitLab',
  'connect.provider_row': 'Create the provider {name}',
  'connect.no_answer': 'no answer',
  'connect.no_answer_in_time': 'no answer in time',
  'connect.redirect': 'redirected',
  'connect.unexpected': 'This page met a fault of its own: {message}',

  'state.pending': 'Waiting',
  'state.running': 'Working',
  'state.done': 'Done',
  'state.ok': 'All right',
  'state.warning': 'Note',
  'state.failed': 'Failed',
  'state.unknown': 'Not certain',
  'outcome.connected': 'Connected',
  'outcome.syncing': 'Still syncing',
  'outcome.failed': 'Failed',
  'outcome.unknown': 'Not certain',
  'outcome.not_started': 'Not started',
  'provider.done': 'Created',
  'provider.exists': 'There already',
  'provider.skipped': 'Not started',
  'provider.failed': 'Failed',
  'provider.unknown': 'Not certain',
  'provider.aborted': 'Stopped',

  'result.connected': 'Connected',
  'result.connected_lead': 'Torque has everything. Now discover the assets in each repository.',
  'result.connected_provider': 'The provider is made. Repositories can be connected to it whenever you like.',
  'result.partial': 'Partly connected',
  'result.partial_lead': 'Some of it is done and stays done. Below is what is not, and why.',
  'result.failed': 'Not connected',
  'result.failed_lead': 'Below is what stood in the way. What you typed is still here.',
  'result.unknown': 'Not certain',
  'result.unknown_lead': 'It could not be proved that everything went well. Below is what is known.',
  'result.aborted': 'Paused',
  'result.aborted_lead': 'What was done until now stays done. Resume goes on where it stopped.',
  'result.elsewhere': 'This job runs in another tab',
  'result.elsewhere_lead':
    'This tab sent nothing to Torque. Continue in the other tab. When the job has ended or paused there, you can press Resume here.',
  'result.invalid': 'Nothing was sent',
  'result.invalid_lead': 'Something in your entries cannot be used. What you typed is still here.',
  'result.next': 'Next: discover your assets',
  'result.next_hint': 'In Torque, go to',
  'result.open': 'Open Torque',
  'result.report': 'Report',
  'result.download': 'Download as {format}',
} as const satisfies Record<string, string> & { [Key in IssueCode]?: never };

/** The key of a text. */
export type MessageKey = keyof typeof english;

/** The keys that exist with this ending too. */
export type Stem<Key extends string, End extends string> = Key extends `${infer Front}${End}`
  ? Extract<Front, MessageKey>
  : never;

/** Texts to use in place of the English ones: by key for the element's own, by code for those of issues. */
export type Messages = Partial<Record<MessageKey | IssueCode, string>>;

/** Of issues for which the form has buttons, where the package tells what a program can do. */
const inForm: Messages = {
  'repository_url.empty': 'Enter a repository URL, for example https://gitlab.example.com/group/project.',
  'token.http_not_asked':
    'The token was not tested, because http:// would send it unencrypted. Use https://, or allow http://.',
  'gitlab.http_not_allowed':
    'The token was not sent, because http:// would send it unencrypted. Use https://, or allow http://.',
  'torque.provider_exists':
    'Torque already has a provider with this name (409). Use it, or choose another name. Torque says: {answer}',
  'torque.provider_unknown':
    'Torque may have created the provider: its answer was lost, and the request is never repeated. Look at Torque’s repository providers, and say here whether it is there.',
  'plan.stopped_unknown':
    'GitLab could not confirm this, so the job stopped. Read the warnings, or continue without this test.',
  'checkpoint.unreadable':
    'This unfinished job is not of this version. Start over without it: what is connected stays connected.',
  'checkpoint.other_plan':
    'This unfinished job belongs to other entries. Only the tokens may change. Restore the entries, or start over: what is connected stays connected.',
};

/** The values for a text's places. */
export type Places = Readonly<Record<string, string | number>>;

/** The texts that are in use. */
export class Texts {
  constructor(
    /** Of the texts, as `lang` has it. */
    readonly language = 'en',
    private readonly replaced: Messages = {},
  ) {}

  /** The text of this key, its places filled. */
  of(key: MessageKey, places: Places = {}): string {
    return fill(this.replaced[key] ?? english[key], places);
  }

  /** The text of this key for so many. */
  count(key: Stem<MessageKey, '_one'>, count: number, places: Places = {}): string {
    return this.of(count === 1 ? `${key}_one` : key, { ...places, count });
  }

  /** The text of an issue: the one of its code here, else the package's own. */
  issue({ code, message, params }: Issue): string {
    const text = this.replaced[code] ?? inForm[code];
    return text === undefined ? message : fill(text, params ?? {});
  }
}

function fill(text: string, places: Places): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));
}
