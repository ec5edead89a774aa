/**
 * German, as a module of its own that only those load who want it:
 * `TorqueGitlabConnect.languages.set('de', german)`. Torque's and GitLab's own terms stay as their pages have them.
 */

import type { IssueCode } from '../issue-codes.js';
import type { MessageKey, Messages } from './messages.js';

type UrlFault = IssueCode extends infer Code ? (Code extends `${string}_url.${infer Fault}` ? Fault : never) : never;
type OtherCode = Exclude<IssueCode, `${string}_url.${string}`>;

/** Why Torque refuses, in its own words. */
const torqueSays = 'Torque sagt: {answer}';

const element: Record<MessageKey, string> = {
  steps: 'Schritte',
  'step.method': 'Verfahren',
  'step.gitlab': 'GitLab',
  'step.repositories': 'Repositorys',
  'step.torque': 'Torque',
  'step.review': 'Prüfen',
  'step.connect': 'Verbinden',
  'step.position': 'Schritt {position} von {count}',
  'step.done': 'erledigt',

  'action.back': 'Zurück',
  'action.continue': 'Weiter',
  'action.connect': 'Verbinden',
  'action.copy': 'Kopieren',
  'action.copied': 'Kopiert',
  'action.copy_failed': 'Kopieren ist hier nicht erlaubt. Markieren Sie stattdessen den Text.',
  'action.show': 'Zeigen',
  'action.hide': 'Verbergen',
  'action.show_secret': '{label} zeigen',
  'action.hide_secret': '{label} verbergen',
  'action.secret_shown': '{label} wird gezeigt.',
  'action.secret_hidden': '{label} ist verborgen.',
  'action.use': 'Nehmen:',
  'action.strip_token': 'Nur das Token behalten',
  optional: 'freiwillig',
  'error.count_one': 'Eines ist noch zu berichtigen',
  'error.count': '{count} Angaben sind noch zu berichtigen',
  'verdict.ok': 'Das sieht richtig aus.',

  'restored.entries': 'Ihre Eingaben sind wieder da. Tokens werden nie aufbewahrt; geben Sie sie noch einmal ein.',
  'restored.job':
    'Ihre Eingaben sind wieder da, dazu ein Auftrag, der nicht zu Ende kam. Geben Sie die Tokens noch einmal ein und wählen Sie Verbinden: Es geht dort weiter, wo es aufgehört hat, und nichts geschieht zweimal.',
  'restored.unreadable':
    'Ihre gespeicherten Eingaben waren nicht lesbar, darum ist das Formular leer. Falls ein Vorgang lief: Prüfen Sie in Torque, was schon verbunden ist, bevor Sie noch einmal verbinden.',
  'restored.anew': 'Neu anfangen',

  'method.heading': 'Wie soll Torque Ihr GitLab erreichen?',
  'method.lead':
    'Am Ende steht dasselbe: Ihre Repositorys sind mit einem Space in Torque verbunden. Der Unterschied liegt in den Tokens, die Sie brauchen.',
  'method.provider': 'Ein Repository-Provider',
  'method.provider_text': 'Ein Token öffnet alle Repositorys unter der Adresse Ihres GitLab.',
  'method.provider_needs':
    'Nötig: ein Token mit read_api und read_repository ohne Ablaufdatum, und Administratorrechte in Torque.',
  'method.token_per_repository': 'Ein Token für jedes Repository',
  'method.token_per_repository_text': 'Kein Provider: Jedes Repository bringt sein eigenes Token mit.',
  'method.token_per_repository_needs': 'Nötig: für jedes Repository ein Token mit Leserecht.',
  'method.self_managed':
    'Dies ist für ein selbst betriebenes GitLab, und so wird es Torque bei jedem Repository gesagt. Ein Torque-Agent muss den Server erreichen können.',

  'gitlab.heading': 'Ihr GitLab',
  'gitlab.lead': 'Torque speichert Adresse und Token als Repository-Provider.',
  'gitlab.lead_existing': 'Den Provider gibt es schon in Torque; nötig ist nur die Adresse, mit der er angelegt wurde.',
  'gitlab.which': 'Der Provider',
  'gitlab.new': 'Neu anlegen',
  'gitlab.existing': 'Einen nehmen, den Torque hat',
  'gitlab.existing_note':
    'Jedes Repository muss unter der Adresse des Providers liegen. Nach einem Token wird nicht gefragt: Torque hat es.',

  'field.name': 'Name des Providers',
  'field.name_hint': 'Unter ihm führt ihn Torque, zum Beispiel gitlab-1.',
  'field.base_url': 'Adresse Ihres GitLab',
  'field.base_url_hint': 'Wie im Browser, gegebenenfalls mit Port und Pfad: https://gitlab.example.com:8443/gitlab/',
  'field.base_url_ok': '{scheme} auf {host}, Port {port}.',
  'field.base_url_ok_path': '{scheme} auf {host}, Port {port}, unter {path}',
  'field.token': 'GitLab-Zugriffstoken',
  'field.token_hint':
    'Scopes read_api und read_repository, ohne Ablaufdatum. Es bleibt nur so lange auf dieser Seite, bis Torque es hat.',
  'field.repository_url': 'URL des Repositorys',
  'field.repository_url_hint': 'Sie können eine Liste einfügen: Aus jeder Zeile wird ein Repository.',
  'field.repository_url_inside': 'Liegt in {base}: {path}',
  'field.repository_url_ok': 'Projekt {path} auf {host}',
  'field.repository_token': 'Token dieses Repositorys',
  'field.repository_token_hint': 'Ein GitLab-Token mit Leserecht, Scope read_repository.',
  'field.repository_name': 'Name im Space',
  'field.repository_name_hint': 'Sonst der Name des Projekts.',
  'field.branch': 'Branch',
  'field.branch_hint': 'Sonst der des Projekts.',
  'field.credential_name': 'Name der Zugangsdaten',
  'field.credential_name_hint': 'Unter ihm speichert Torque das Token; sonst unter dem Namen des Repositorys.',
  'field.credential_name_hint_provider':
    'Von Zugangsdaten, die der Space schon hat. Ohne sie gilt das Token des Providers.',
  'field.agents': 'Agenten',
  'field.agents_hint': 'Namen derer, die dieses GitLab erreichen, mit Kommas dazwischen. Sonst alle.',
  'field.check_base_url': 'Adresse Ihres GitLab, um die Tokens zu prüfen',
  'field.check_base_url_hint':
    'Nur unter dieser Adresse wird GitLab nach den Tokens gefragt. Ohne sie werden sie nicht geprüft.',
  'field.portal_url': 'Adresse von Torque',
  'field.portal_url_hint':
    'Dort, wo Sie Torque öffnen, etwa https://portal.qtorque.io/, oder der Proxy Ihres Portals davor.',
  'field.space': 'Space',
  'field.space_hint': 'Der Space in Torque, der die Repositorys bekommt. Es muss ihn schon geben.',
  'field.torque_token': 'Torque-API-Token',
  'field.torque_token_hint':
    'In Torque unter Ihrem Profil zu erzeugen. Es geht an die Adresse oben und nirgends sonst hin.',
  'field.torque_token_hint_provider':
    'In Torque unter dem Profil eines Administrators zu erzeugen, weil ein Provider angelegt wird. Es geht an die Adresse oben und nirgends sonst hin.',

  'token.make': 'Token in GitLab erzeugen',
  'token.make_older': 'Älteres GitLab',
  'token.make_before18_9': 'Token in GitLab 16.8 bis 18.8 erzeugen',
  'token.make_before16_8': 'Token in GitLab bis 16.7 erzeugen',
  'token.test': 'Bei GitLab prüfen',
  'token.testing': 'GitLab wird gefragt…',
  'token.checklist': 'Was GitLab sagt',
  'token.needs': 'Was Torque von diesem Token braucht',
  'token.needs_kind': 'Ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.needs_scopes_provider': 'read_api und read_repository.',
  'token.needs_scopes_repository': 'read_repository.',
  'token.needs_expiry_provider': 'Keiner: Mit ihm fallen alle Repositorys aus.',
  'token.needs_expiry_repository': 'Je später, desto besser.',
  'token.needs_reach_provider': 'Jedes Projekt, das verbunden werden soll.',
  'token.needs_reach_repository': 'Sein Code ist lesbar.',
  'token.reach': 'Reichweite',
  'token.reach_all_one': 'Es sieht 1 Projekt.',
  'token.reach_all': 'Es sieht {count} Projekte.',
  'token.reach_more': 'Es sieht mehr als {count} Projekte.',
  'token.verdict_ok': 'Dieses Token genügt.',
  'token.verdict_reject': 'Dieses Token genügt noch nicht.',
  'token.verdict_unknown': 'Was zurückkam, sagt nicht, ob dieses Token genügt. Gegen das Token spricht das nicht.',
  'token.verdict_unasked': 'GitLab war von hier aus nicht zu befragen. Gegen das Token spricht das nicht.',
  'token.answer': 'Antwort',
  'token.answer_ok': 'GitLab kennt das Token „{name}“.',
  'token.answer_ok_unnamed': 'GitLab kennt das Token.',
  'token.answer_none': 'Es kam keine Antwort, die diese Seite lesen könnte.',
  'token.kind': 'Art',
  'token.scopes': 'Scopes',
  'token.not_known': 'Nicht bekannt.',
  'token.scope_missing': 'fehlt',
  'token.expiry': 'Ablauf',
  'token.expiry_never': 'Läuft nie ab.',
  'token.expiry_date_one': 'Endet mit dem Anbruch des {date} (UTC), in 1 Tag.',
  'token.expiry_date': 'Endet mit dem Anbruch des {date} (UTC), in {count} Tagen.',
  'token.expiry_past': 'Endete mit dem Anbruch des {date} (UTC).',
  'token.project': 'Repository',
  'token.project_ok': 'Lesbar als {path}.',
  'token.project_branch': 'Lesbar als {path}, Standard-Branch {branch}.',
  'token.continue': 'Ohne diese Prüfung weitermachen',
  'token.continue_hint': 'Torques eigener Server erreicht vielleicht, was dieser Browser nicht erreicht.',
  'token.accept_expiry': 'Hinnehmen, dass dieses Token abläuft',
  'token.accept_expiry_hint':
    'An jenem Tag fallen alle Repositorys des Providers aus. Merken Sie sich das Datum, und geben Sie Torque vorher ein neues Token.',
  'token.continue_hint_tokens': 'Dann findet Torque selbst heraus, ob die Tokens genügen.',
  'token.http': 'Das Token unverschlüsselt an diese Adresse schicken',
  'token.http_hint': 'Die Adresse beginnt mit http; jeder auf dem Weg könnte das Token lesen.',
  'network.failed':
    'Der Browser bekam keine Antwort. Vielleicht ist die Adresse von hier aus nicht erreichbar, ihrem Zertifikat wird nicht vertraut, oder ein Proxy oder die Regeln dieser Seite stehen dazwischen.',
  'network.offline': 'Dieser Rechner ist offline. Versuchen Sie es wieder, wenn er verbunden ist.',
  'network.timeout': 'Die Antwort kam nicht rechtzeitig.',

  'kind.access_token': 'Persönliches, Projekt- oder Gruppen-Zugriffstoken, nach seinem Präfix.',
  'kind.oauth_access_token': 'OAuth-Zugriffstoken, nach seiner Gestalt.',
  'kind.unknown': 'Ein Zugriffstoken ohne bekanntes Präfix.',

  'repositories.heading': 'Ihre Repositorys',
  'repositories.lead': 'Jedes Repository muss unter {base} liegen',
  'repositories.lead_tokens': 'Jedes wird mit seinem eigenen Token verbunden.',
  'repositories.none_needed': 'Sie können dies leer lassen und Repositorys später verbinden.',
  'repositories.count_one': '1 Repository',
  'repositories.count': '{count} Repositorys',
  'repositories.title': 'Repository {number}',
  'repositories.add': 'Repository hinzufügen',
  'repositories.remove': 'Entfernen',
  'repositories.remove_this': 'Repository {number} entfernen',
  'repositories.removed': 'Repository {number} ist entfernt.',
  'repositories.added_one': '1 Repository ist hinzugefügt.',
  'repositories.added': '{count} Repositorys sind hinzugefügt.',
  'repositories.edit': 'Bearbeiten',
  'repositories.edit_this': '{title} bearbeiten',
  'repositories.more': 'Name, Branch, Agenten',
  'repositories.lines': 'Liste einfügen',
  'repositories.projects': 'Aus GitLab wählen',
  auto_register: 'Umgebungen von selbst aufnehmen',
  auto_register_hint: 'Torque nimmt die Umgebungen auf, die das Repository als Code beschreibt.',

  'lines.label': 'Liste der Repositorys',
  'lines.hint':
    'In jeder Zeile eine URL, oder eine Tabelle (CSV), deren erste Zeile die Spalten nennt: url, name, branch, token, credentialName, agents. Auch eine Datei lässt sich hier ablegen.',
  'lines.good_one': '1 Repository kann hinzugefügt werden.',
  'lines.good': '{count} Repositorys können hinzugefügt werden.',
  'lines.bad_one': '1 Zeile ist nicht zu gebrauchen.',
  'lines.bad': '{count} Zeilen sind nicht zu gebrauchen.',
  'lines.line': 'Zeile {line}: ',
  'lines.more': 'Und {count} weitere.',
  'lines.add_one': 'Hinzufügen',
  'lines.add': '{count} hinzufügen',
  'lines.file': 'Datei wählen',
  'lines.meant': 'In {count} Zeilen nehmen, was gemeint war',
  'lines.empty': 'Liste leeren',
  'lines.waiting_one':
    '1 Repository Ihrer Liste ist noch nicht hinzugefügt. Fügen Sie es hinzu, oder leeren Sie die Liste.',
  'lines.waiting':
    '{count} Repositorys Ihrer Liste sind noch nicht hinzugefügt. Fügen Sie sie hinzu, oder leeren Sie die Liste.',
  'lines.left': 'Was von Ihrer Liste bleibt, ist nicht zu gebrauchen. Berichtigen Sie es, oder leeren Sie die Liste.',
  'lines.unreadable':
    'Die Datei war nicht zu lesen. Speichern Sie sie als UTF-8 (in Excel: CSV UTF-8), oder fügen Sie ihren Text ein.',

  'pick.search': 'Projekte, die das Token erreicht',
  'pick.find': 'Suchen',
  'pick.found_one': 'GitLab nennt 1 Projekt.',
  'pick.found': 'GitLab nennt {count} Projekte.',
  'pick.legend': 'Projekte',
  'pick.there': 'in der Liste',
  'pick.marked': 'zur Löschung vorgemerkt',
  'pick.marked_on': 'am {date} zur Löschung vorgemerkt',
  'pick.none': 'GitLab nennt für dieses Token kein solches Projekt.',
  'pick.add_one': '1 Projekt hinzufügen',
  'pick.add': '{count} Projekte hinzufügen',
  'pick.more': 'Mehr zeigen',

  'compare.label': 'Basis-URL und URL des Repositorys, Teil für Teil',
  'compare.scheme': 'Schema',
  'compare.host': 'Host',
  'compare.port': 'Port',
  'compare.basePath': 'Basispfad',
  'compare.namespace': 'Gruppe',
  'compare.project': 'Projekt',
  'compare.rest': 'Rest',
  'compare.same': 'ist dasselbe wie',
  'compare.differs': 'ist nicht',
  'compare.below': 'unter der Basis-URL',
  'compare.open': 'nicht verglichen mit',

  'torque.heading': 'Ihr Space in Torque',
  'torque.lead': 'Wohin die Repositorys kommen.',
  'torque.given': 'Durch dieses Portal angemeldet: Ein Token ist nicht nötig.',

  'review.heading': 'Prüfen und verbinden',
  'review.lead': 'Prüfen Sie, was gesendet wird. Nichts wird gesendet, bevor Sie Verbinden wählen.',
  'review.method_new': 'Neuer Provider „{name}“',
  'review.method_existing': 'Provider, den Torque hat',
  'review.token': 'GitLab-Token',
  'review.repositories_none': 'Noch keine',
  'review.space': 'Space {space}',
  'review.self_managed': 'Selbst betrieben',
  'review.self_managed_text': 'Ja: Jede Anfrage nennt Torques Typ gitLabEnterprise.',
  'review.requests': 'Was gesendet wird',
  'review.requests_hint':
    'Die Anfragen in ihrer Reihenfolge, mit dem genauen JSON. Eine Antwort kann zu weiteren führen. Tokens sind verdeckt, und nur hier.',
  'review.send.token': 'GitLab-Token testen',
  'review.send.project': '{name} in GitLab nachschlagen',
  'review.send.branch': 'Branch von {name} nachschlagen',
  'review.send.probe': 'Eine Datei von {name} nachschlagen',
  'review.send.provider': 'Provider anlegen',
  'review.send.repository': '{name} verbinden',
  'review.send.list': 'Status im Space abfragen',
  'review.curl': 'Dasselbe mit curl',
  'review.curl_hint':
    'Erst lesen, dann in sh, dash, bash, zsh oder busybox sh ausführen. Die Tokens kommen aus Variablen Ihrer Shell und stehen nie in einem Argument.',
  'review.json': 'Alles als JSON',
  'review.json_hint': 'Die Anfragen in ihrer Reihenfolge. Tokens sind verdeckt.',
  'review.terraform': 'Dasselbe mit Terraform',
  'review.terraform_hint': 'Für Torques eigenen Terraform-Provider. Die Tokens sind geheime Variablen.',
  'review.more': 'und {count} weitere',
  'review.problems': 'So kann dies noch nicht gesendet werden',
  'review.change': 'Ändern',

  'connect.heading': 'Es wird verbunden',
  'connect.lead': 'Diese Seite spricht jetzt mit Torque. Sie können jederzeit anhalten; was getan ist, bleibt getan.',
  'connect.progress': '{done} von {count} erledigt.',
  'connect.pause': 'Anhalten',
  'connect.pausing': 'Hält an…',
  'connect.resume': 'Fortsetzen',
  'connect.use_existing': 'Den Provider nehmen, den Torque hat',
  'connect.provider_there': 'Torque hat ihn: weiter',
  'connect.provider_not_there': 'Torque hat ihn nicht: anlegen',
  'connect.waiting': 'In {seconds} s wird wieder nachgesehen.',
  'connect.again': 'Noch einmal versuchen',
  'connect.change': 'Etwas ändern',
  'connect.more': 'Weitere verbinden',
  'connect.requests_one': '1 Anfrage',
  'connect.requests': '{count} Anfragen',
  'connect.token_row': 'Bei GitLab nachfragen',
  'connect.not_started':
    'Für {count} Repositorys wurde nichts getan, weil ein früherer Schritt den Auftrag beendet hat.',
  'connect.provider_row': 'Provider {name} anlegen',
  'connect.no_answer': 'keine Antwort',
  'connect.no_answer_in_time': 'keine Antwort in der Zeit',
  'connect.redirect': 'umgeleitet',
  'connect.unexpected': 'Auf dieser Seite selbst ging etwas schief: {message}',

  'state.pending': 'Wartet',
  'state.running': 'Läuft',
  'state.done': 'Erledigt',
  'state.ok': 'In Ordnung',
  'state.warning': 'Hinweis',
  'state.failed': 'Fehlgeschlagen',
  'state.unknown': 'Ungewiss',
  'outcome.connected': 'Verbunden',
  'outcome.syncing': 'Wird noch abgeglichen',
  'outcome.failed': 'Fehlgeschlagen',
  'outcome.unknown': 'Ungewiss',
  'outcome.not_started': 'Nicht begonnen',
  'provider.done': 'Angelegt',
  'provider.exists': 'Schon da',
  'provider.skipped': 'Nicht begonnen',
  'provider.failed': 'Fehlgeschlagen',
  'provider.unknown': 'Ungewiss',
  'provider.aborted': 'Angehalten',

  'result.connected': 'Verbunden',
  'result.connected_lead': 'Torque hat alles. Entdecken Sie nun die Assets in jedem Repository.',
  'result.connected_provider':
    'Der Provider ist angelegt. Repositorys lassen sich mit ihm verbinden, wann immer Sie wollen.',
  'result.partial': 'Teilweise verbunden',
  'result.partial_lead': 'Manches ist getan und bleibt getan. Unten steht, was nicht, und warum.',
  'result.failed': 'Nicht verbunden',
  'result.failed_lead': 'Unten steht, woran es lag. Ihre Eingaben sind noch da.',
  'result.unknown': 'Ungewiss',
  'result.unknown_lead': 'Dass alles gelang, ließ sich nicht feststellen. Unten steht, was bekannt ist.',
  'result.aborted': 'Angehalten',
  'result.aborted_lead': 'Was bis jetzt getan ist, bleibt getan. Fortsetzen macht dort weiter, wo es aufgehört hat.',
  'result.elsewhere': 'Dieser Vorgang läuft in einem anderen Tab',
  'result.elsewhere_lead':
    'Dieser Tab hat nichts an Torque gesendet. Machen Sie im anderen Tab weiter. Ist der Vorgang dort beendet oder angehalten, können Sie hier „Fortsetzen“ drücken.',
  'result.invalid': 'Nichts wurde gesendet',
  'result.invalid_lead': 'Etwas in Ihren Eingaben ist nicht zu gebrauchen. Sie sind noch da.',
  'result.next': 'Weiter: Assets entdecken',
  'result.next_hint': 'Gehen Sie in Torque zu',
  'result.open': 'Torque öffnen',
  'result.report': 'Bericht',
  'result.download': 'Als {format} herunterladen',
};

const urls: Record<UrlFault, string> = {
  empty: 'Geben Sie eine URL ein, zum Beispiel https://gitlab.example.com/.',
  control_character:
    'An Stelle {position} steht ein Steuerzeichen (etwa ein Tabulator oder Zeilenende). Entfernen Sie es.',
  white_space: 'An Stelle {position} steht ein Leerzeichen. Geben Sie nur die URL ein, ohne Leerzeichen.',
  backslash:
    'An Stelle {position} steht ein umgekehrter Schrägstrich; Programme verstehen ihn verschieden. Nehmen Sie nur /.',
  missing_scheme: 'Die URL muss mit https:// (oder http://) beginnen.',
  scheme_not_supported: 'Hier sind nur URLs mit https:// und http:// möglich.',
  ssh_form: 'Das ist die SSH-Adresse. Torque braucht die HTTPS-Adresse (in GitLab: Code, Mit HTTPS klonen).',
  slashes: 'Nach dem Schema müssen genau zwei Schrägstriche und der Host stehen, wie in https://gitlab.example.com/.',
  has_credentials:
    'Die URL enthält vor dem @ einen Benutzernamen, ein Passwort oder Token. Entfernen Sie es; war es ein echtes Token, widerrufen Sie es in GitLab.',
  has_token:
    'In dieser Adresse steht ein Zugangstoken, und Adressen sehen viele. Entfernen Sie es und geben Sie es in sein eigenes Feld ein; wurde es schon verschickt, widerrufen Sie es in GitLab.',
  host_empty: 'Der Host fehlt, wie in https://gitlab.example.com/.',
  host_not_ascii: 'Der Host enthält Zeichen außerhalb von ASCII. Geben Sie seine ASCII-Form ein (xn--…).',
  host_character: 'Der Host kann kein „{character}“ enthalten (Stelle {position}).',
  host_empty_label: 'Der Host hat einen Punkt zu viel.',
  host_ends_with_dot: 'Der Host endet mit einem Punkt. Entfernen Sie den Punkt.',
  host_too_long: 'Der Host ist zu lang. Er hat höchstens 253 Zeichen, und höchstens 63 zwischen zwei Punkten.',
  host_hyphen: 'Ein Teil des Hosts beginnt oder endet mit einem Bindestrich. Berichtigen Sie den Host.',
  host_punycode:
    'Ein Teil des Hosts beginnt mit xn--, ist aber kein kodierter internationaler Name. Kopieren Sie den Host noch einmal.',
  host_underscore:
    'Der Host enthält einen Unterstrich. Manche Programme lehnen einen solchen Host ab; nehmen Sie einen anderen Namen des Servers, wenn er einen hat.',
  host_number:
    'Der Host endet mit einer Zahl, ist aber keine einfache IPv4-Adresse. Schreiben Sie vier Dezimalzahlen von 0 bis 255 ohne führende Nullen, wie in 192.0.2.10.',
  host_ipv6:
    'Eine IPv6-Adresse muss in Klammern und in ihrer kurzen Form stehen: kleine Buchstaben, keine führenden Nullen, die längste Folge von Nullen als ::, wie in https://[2001:db8::1]/.',
  port: 'Der Port muss eine einfache Zahl von 1 bis 65535 sein, wie in https://gitlab.example.com:8443/.',
  has_query: 'Entfernen Sie das Fragezeichen und alles danach.',
  has_fragment: 'Entfernen Sie das # und alles danach.',
  percent_encoding:
    'An Stelle {position} steht ein Prozentzeichen. GitLab-Pfade brauchen keine Prozentkodierung; Programme lesen sie verschieden.',
  at_sign: 'An Stelle {position} steht ein @. In GitLab-Pfaden kommt keines vor.',
  tilde: 'An Stelle {position} steht ein ~. In GitLab-Pfaden kommt keines vor.',
  path_not_ascii:
    'An Stelle {position} steht ein Zeichen außerhalb von ASCII. GitLab-Pfade bestehen aus Buchstaben, Ziffern, „.“, „_“ und „-“.',
  path_character:
    'Der Pfad kann kein „{character}“ enthalten (Stelle {position}). GitLab-Pfade bestehen aus Buchstaben, Ziffern, „.“, „_“ und „-“.',
  empty_segment: 'Im Pfad stehen zwei Schrägstriche hintereinander.',
  dot_segment: 'Der Pfad enthält „.“ oder „..“ als Segment. Geben Sie den Pfad ohne das ein.',
  ambiguous: 'Programme könnten diese URL verschieden lesen. Geben Sie sie in ihrer einfachen Form ein.',
  not_encrypted: 'http:// schickt das Token unverschlüsselt. Nehmen Sie https://, wenn der Server es anbietet.',
  gitlab_com: 'gitlab.com ist nicht selbst betrieben. Torque verbindet es über seine eigene GitLab-Anbindung.',
  punycode:
    'Der Host ist ein internationalisierter Name (xn--). Vergewissern Sie sich, dass es der gemeinte Server ist und kein ähnlich aussehender.',
  may_be_group:
    'Die Basis-URL hat einen Pfad. Das ist richtig, wenn GitLab selbst unter diesem Pfad liegt; ist es eine Gruppe, entfernen Sie ihn.',
  web_page: 'Das ist eine Seite in GitLab. Geben Sie die URL des GitLab-Servers selbst ein.',
  api_url:
    'Das ist die URL der API von GitLab. Geben Sie die URL des GitLab-Servers selbst ein, ohne /api und was danach steht.',
  clone_url: 'Das ist die Klon-URL eines Repositorys. Geben Sie die URL des GitLab-Servers selbst ein.',
  project_missing:
    'Die URL eines Repositorys braucht eine Gruppe (oder einen Benutzer) und ein Projekt, wie in https://gitlab.example.com/group/project.',
  project_name:
    'So heißt kein GitLab-Projekt: Ohne „.git“ ist der Name leer, besteht aus Punkten oder endet wieder mit „.git“.',
  git_slash: 'Entfernen Sie den Schrägstrich nach .git.',
  wiki: 'Das ist die Klon-URL eines Wikis. Geben Sie die URL des Projekts selbst ein. Endet sein eigener Name auf .wiki, lassen Sie .git weg.',
  may_be_wiki:
    'Der Name endet auf .wiki. Vergewissern Sie sich, dass es ein Projekt ist und nicht das Wiki eines Projekts.',
  ends_with_dot: 'Die URL endet mit einem Punkt. Entfernen Sie ihn, wenn er nicht zum Namen des Projekts gehört.',
  may_be_page: 'Das kann eine Seite eines Projekts sein. Vergewissern Sie sich, dass es das Projekt selbst ist.',
  reserved_path: '„/{segment}/“ ist eine Seite von GitLab; dort liegt kein Projekt.',
  web_link: 'Das ist die Adresse einer Seite in einem Projekt. Geben Sie die Adresse des Projekts selbst ein.',
  outside_base_url:
    'Dieses Repository liegt nicht in der Basis-URL des Providers: Wo die Basis-URL „{expected}“ hat, steht „{got}“. Das Token ginge woandershin.',
  differs_in_case:
    'Nur Groß- und Kleinschreibung unterscheiden sich. Torque vergleicht sie; schreiben Sie den Pfad wie in der Basis-URL.',
  http_not_allowed:
    'Torque muss über https:// erreicht werden; http:// ist nur auf diesem Rechner möglich (localhost, 127.0.0.1, [::1]).',
  unknown_host:
    'Dieser Host liegt nicht unter qtorque.io. Ihr Torque-Token geht dorthin: Vergewissern Sie sich, dass es Ihr Portal ist.',
};

const others: Record<OtherCode, string> = {
  'input.unreadable': 'Dieser Wert war nicht zu lesen. Übergeben Sie einfache Daten: Text, Zahlen, Listen und Objekte.',
  'input.not_well_formed':
    'Dieser Text ist kein wohlgeformtes Unicode (er enthält ein halbes Surrogatpaar). Geben Sie ihn noch einmal ein.',
  'input.too_large': 'Dieser Wert ist zu groß, um gelesen zu werden.',
  'input.too_many_issues': 'Es gibt {count} weitere. Beheben Sie die genannten und prüfen Sie dann noch einmal.',
  'input.unknown_key':
    'Eine Einstellung „{key}“ gibt es hier nicht. Entfernen Sie sie oder berichtigen Sie ihren Namen.',
  'input.missing': 'Dieser Wert fehlt: {expected} ist nötig.',
  'input.wrong_type': 'Erwartet war {expected}, gegeben ist {got}.',
  'input.not_allowed': 'Dieser Wert ist keiner der möglichen: {expected}.',

  'token.empty': 'Fügen Sie das Zugriffstoken ein.',
  'token.bad_character':
    'Kein Token enthält {found} (Stelle {position}). Kopieren Sie das Token noch einmal, ganz und ohne etwas darum herum.',
  'token.pasted_header':
    '„{found}“ gehört nicht zu einem Zugriffstoken. Entfernen Sie es und lassen Sie nur das Token stehen; das Cookie einer Sitzung ist kein Token.',
  'token.is_url': 'Das ist eine Adresse, kein Zugriffstoken. Fügen Sie nur das Token ein.',
  'token.seen_in_url':
    'Ein Token, das in einer Adresse steht, war überall zu sehen, wo sie hinkam. Erzeugen Sie ein neues.',
  'token.quoted':
    'Um das Token stehen Anführungszeichen, Klammern oder Satzzeichen. Entfernen Sie sie und lassen Sie nur das Token stehen.',
  'token.has_user_name':
    'Neben dem Token steht ein Benutzername. Entfernen Sie ihn und den Doppelpunkt, sodass nur das Token bleibt.',
  'token.is_masked':
    'Dieses Token ist verdeckt, das meiste fehlt. GitLab zeigt ein Token nur beim Erzeugen: Kopieren Sie es dann oder erzeugen Sie ein neues.',
  'token.is_variable': 'Das ist der Name einer Variablen, nicht ihr Wert. Fügen Sie das Token selbst ein.',
  'token.is_placeholder':
    'Das steht in einem Beispiel für ein Token oder ist sein Name. Fügen Sie das Token selbst ein, so wie GitLab es beim Erzeugen gezeigt hat.',
  'token.prefix_alone': 'Das ist nur der Anfang eines Tokens. Kopieren Sie das ganze Token.',
  'token.wrong_kind':
    'Das ist von GitLab: {kind}. Repositorys kann Torque damit nicht lesen. Erzeugen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken mit {scopes}.',
  'token.deploy_token':
    'Das ist ein Deploy-Token: Es wirkt nur zusammen mit seinem Benutzernamen, und dafür hat Torque keinen Platz. Erzeugen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken mit {scopes}.',
  'token.other_product': 'Das ist ein Token von {product}, nicht von GitLab.',
  'token.maybe_oauth':
    'Das sieht wie ein OAuth-Zugriffstoken aus. Ein solches lebt zwei Stunden, dann verlöre Torque das Repository; nehmen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.custom_prefix':
    'Dieses Token beginnt nicht mit glpat-. Ein GitLab mit eigenem Präfix erzeugt solche Tokens; vergewissern Sie sich, dass es ein Zugriffstoken dieses GitLab ist.',
  'token.no_prefix':
    'Dieses Token hat kein Präfix. Alte GitLab-Versionen erzeugten solche Tokens; vergewissern Sie sich, dass es ein Zugriffstoken dieses GitLab ist.',
  'token.scope_misspelled': 'GitLab hat keinen Scope „{scope}“: Scopes werden klein und mit Unterstrich geschrieben.',
  'token.missing_scope':
    'Dem Token fehlt der Scope {scope}. Scopes lassen sich nicht nachtragen: Erzeugen Sie ein neues Token.',
  'token.more_than_needed':
    'Das Token darf mehr, als Torque braucht: {scopes}. Wer es in die Hände bekommt, darf das alles; sicherer ist ein Token, das nur lesen darf.',
  'token.clone_undocumented':
    'Mit read_api allein gelingt das Klonen in manchen GitLab-Versionen, aber GitLab verspricht es nicht. Nehmen Sie read_repository dazu.',
  'token.no_api_access':
    'Mit write_repository allein kann das Token klonen, aber nicht die API von GitLab benutzen; Projekt und Branches lassen sich hier nicht nachsehen.',
  'token.fine_grained':
    'Was dieses Token darf, ist von hier aus nicht zu sehen: Es hat feingranulare Rechte, oder seine Gruppe verlangt solche. Es braucht „Code: Download“ in jedem Projekt; prüfen Sie es mit einem Repository, oder nehmen Sie ein Token mit den klassischen Scopes.',
  'token.inactive': 'GitLab sagt, dass dieses Token widerrufen oder abgelaufen ist. Erzeugen Sie ein neues.',
  'token.has_expiry':
    'Das Token hat ein Ablaufdatum; von da an fallen alle Repositorys dieses Providers aus. Torque verlangt ein Token ohne Ablauf. GitLab ab 16.0 gibt jedem neuen Token ein Datum, aber ab 17.3 kann ein Administrator das abschalten, und das Token eines Dienstkontos kann endlos sein. Wo beides nicht geht, nehmen Sie den Ablauf bewusst hin und ersetzen das Token rechtzeitig.',
  'token.expires_soon': 'Verbleibende Tage dieses Tokens: {days}. Geben Sie Torque vor dem Ablauf ein neues.',
  'token.expiry_unknown':
    'Die Antwort von GitLab sagt nicht, ob dieses Token abläuft. Sehen Sie auf der Seite des Tokens in GitLab nach.',
  'token.clock_disagrees':
    'GitLab nennt dieses Token gültig, nach der Uhr dieses Rechners ist sein Datum aber vorbei (ein Token endet um 00:00 UTC jenes Tages). Sehen Sie nach den Uhren dieses Rechners und des GitLab-Servers, und prüfen Sie dann noch einmal.',
  'token.malformed':
    'Die Antwort von GitLab ist nicht zu verstehen („{field}“). Vergewissern Sie sich, dass die Basis-URL die von GitLab selbst ist, und sehen Sie dann auf der Seite des Tokens in GitLab nach.',
  'token.not_gitlab_json':
    'Das ist keine Antwort der API von GitLab: Eine Anmeldeseite oder ein Proxy steht vielleicht davor, oder es ist kein GitLab. Prüfen Sie die Basis-URL, melden Sie sich an oder nehmen Sie ein Netz, aus dem die API erreichbar ist, und prüfen Sie dann noch einmal.',
  'token.token_unknown':
    'GitLab kennt dieses Token nicht. Sehen Sie nach, ob es ganz kopiert ist, zu diesem GitLab gehört und ein persönliches, Projekt- oder Gruppen-Zugriffstoken ist.',
  'token.token_expired': 'GitLab sagt, dass dieses Token abgelaufen ist. Erzeugen Sie ein neues.',
  'token.token_revoked': 'GitLab sagt, dass dieses Token widerrufen wurde. Erzeugen Sie ein neues.',
  'token.impersonation_disabled':
    'Das ist ein Impersonation-Token, und dieses GitLab erlaubt keine Impersonation. Nehmen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.dpop_required':
    'Der Besitzer dieses Tokens verlangt bei jedem Gebrauch einen Besitznachweis (DPoP), den Torque nicht geben kann. Nehmen Sie ein Projekt- oder Gruppen-Zugriffstoken, oder schalten Sie die Forderung in GitLab ab.',
  'token.forbidden': 'GitLab lehnt dieses Token ab: {answer}',
  'token.insufficient_scope':
    'GitLab ließ dieses Token nichts über sich selbst sagen. Prüfen Sie es mit einem Repository: Das zeigt, ob es den Code lesen kann.',
  'token.oauth_token':
    'Das ist ein OAuth-Zugriffstoken; es lebt zwei Stunden. Nehmen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.endpoint_missing':
    'Unter dieser Adresse kann nichts über Tokens Auskunft geben: GitLab ist älter als 15.5, der Pfad der Basis-URL ist falsch, oder es ist kein GitLab. Prüfen Sie die Basis-URL, und dann das Token mit einem Repository.',
  'token.rate_limited': 'GitLab bittet um eine Pause. Warten Sie eine Minute, und prüfen Sie dann noch einmal.',
  'token.server_error':
    'GitLab oder ein Proxy davor hat gerade ein Problem (Status {status}). Prüfen Sie später noch einmal.',
  'token.redirected':
    'Der Server schickt uns an eine andere Adresse, und ein Token wird nie mitgeschickt. Geben Sie die Adresse ein, unter der GitLab ohne Umleitung antwortet (https statt http, der richtige Host), oder melden Sie sich erst an; prüfen Sie dann noch einmal.',
  'token.unexpected_status':
    'Die Antwort (Status {status}) sagt nichts über das Token. Prüfen Sie die Basis-URL und dann noch einmal das Token.',
  'token.no_base_url':
    'Das Token wurde nicht geprüft: Ohne bestätigte Basis-URL ist nicht bekannt, welcher Server es sehen darf. Bestätigen Sie die Adresse von GitLab, um es zu prüfen.',
  'token.http_not_asked':
    'Das Token wurde nicht geprüft: Über http:// könnte es unterwegs gelesen werden. Nehmen Sie https://, oder erlauben Sie es bewusst (allowHttp: true).',
  'token.not_reached':
    'GitLab war von hier aus nicht zu erreichen, das Token ist also nicht geprüft. Grund kann ein privates Netz, ein Zertifikat, eine Anmeldeseite oder eine Regel der einbettenden Seite sein. Öffnen Sie die Adresse von GitLab in diesem Browser, und prüfen Sie dann noch einmal; Torques eigener Agent erreicht es vielleicht trotzdem.',

  'gitlab.project_not_found':
    'Ein solches Projekt gibt es nicht, es wurde umbenannt, oder dieses Token darf es nicht sehen. Öffnen Sie die URL des Repositorys im Browser: Zeigt GitLab eine andere Adresse, geben Sie diese ein. Sonst prüfen Sie die Rechte des Token-Besitzers.',
  'gitlab.code_not_readable':
    'Das Token sieht das Projekt, aber nicht seinen Code. Sein Besitzer braucht dort mindestens die Rolle Reporter; ein Gast kann privaten Code nicht lesen.',
  'gitlab.insufficient_scope':
    'Mit den Scopes dieses Tokens ist diese Abfrage nicht erlaubt (GitLab nimmt: {accepted}). Ein Token mit read_repository, oder mit dem, was GitLab nimmt, zeigt, ob sich der Code lesen lässt.',
  'gitlab.moved':
    'Das Projekt ist umgezogen (neuer Pfad: {path}). Öffnen Sie es in GitLab und geben Sie seine jetzige URL ein.',
  'gitlab.path_case': 'GitLab schreibt diesen Pfad mit anderer Groß- und Kleinschreibung: {path}.',
  'gitlab.archived': 'Das Projekt ist archiviert: Torque kann es lesen, aber es ändert sich nicht mehr.',
  'gitlab.marked_for_deletion':
    'Dieses Projekt ist in GitLab zur Löschung vorgemerkt (Datum der Vormerkung: {date}). GitLab wird es löschen, und Torque verliert das Repository. Stellen Sie das Projekt in GitLab wieder her, oder lassen Sie es weg.',
  'gitlab.empty_repository': 'Das Repository ist leer: Torque findet darin noch keine Assets.',
  'gitlab.repository_disabled':
    'Das Repository ist in den Einstellungen des Projekts abgeschaltet und lässt sich nicht klonen.',
  'gitlab.branch_not_found': 'Das Projekt hat keinen Branch „{branch}“.',
  'gitlab.branch_not_allowed': 'Git erlaubt keinen Branch mit diesem Namen: {rule}.',
  'gitlab.http_not_allowed':
    'Das Token wird nicht über http:// geschickt, wo es unterwegs gelesen werden könnte. Nehmen Sie https://, oder erlauben Sie es bewusst (allowHttp: true).',
  'gitlab.unauthorized': 'GitLab nimmt dieses Token nicht an. Prüfen Sie zuerst das Token.',
  'gitlab.forbidden': 'GitLab lehnt ab: {answer}',
  'gitlab.endpoint_missing':
    'Dieses GitLab kennt die Anfrage nicht: Der Pfad der Basis-URL ist falsch, ein Proxy verändert kodierte Schrägstriche, oder es ist kein GitLab. Prüfen Sie die Basis-URL, und prüfen Sie dann noch einmal.',
  'gitlab.encoded_slashes':
    'Ein Proxy vor GitLab lässt die kodierten Schrägstriche (%2F) im Pfad eines Projekts nicht durch (Antwort: {status}). Das Projekt wurde darum über die Liste der Projekte gesucht. Andere Programme, die die API von GitLab nutzen, scheitern dort vielleicht auch. Apache: Setzen Sie AllowEncodedSlashes NoDecode, und ergänzen Sie ProxyPass um nocanon. nginx: Schreiben Sie proxy_pass ohne Pfad. Tomcat: Setzen Sie am Connector encodedSolidusHandling="passthrough". Traefik: Setzen Sie allowEncodedSlash.',
  'gitlab.rate_limited': 'GitLab bittet um eine Pause. Warten Sie eine Minute, und versuchen Sie es dann wieder.',
  'gitlab.server_error':
    'GitLab oder ein Proxy davor hat gerade ein Problem (Status {status}). Versuchen Sie es später wieder.',
  'gitlab.redirected':
    'Der Server schickt uns an eine andere Adresse, und ein Token wird nie mitgeschickt: Das Projekt ist umgezogen, eine Anmeldeseite steht davor, oder die Basis-URL sollte die Adresse sein, die unmittelbar antwortet. Öffnen Sie das Repository in GitLab, vergleichen Sie seine Adresse, und prüfen Sie dann noch einmal.',
  'gitlab.not_gitlab_json':
    'Das ist keine Antwort der API von GitLab: Eine Anmeldeseite oder ein Proxy steht vielleicht davor, oder die Basis-URL ist nicht die von GitLab. Prüfen Sie die Basis-URL, oder nehmen Sie ein Netz, aus dem die API von GitLab erreicht wird, und prüfen Sie dann noch einmal.',
  'gitlab.unexpected_status':
    'GitLab antwortete mit dem unerwarteten Status {status}. Prüfen Sie die Basis-URL, und prüfen Sie dann noch einmal.',
  'gitlab.next_page_unreadable':
    'Die Liste hat weitere Projekte, aber der Link-Header des Servers sagt nicht, wo sie beginnen. Suchen Sie das Projekt mit seinem Namen, oder geben Sie die URL des Repositorys ein.',
  'gitlab.next_page_repeated':
    'Die nächste Seite der Liste führt zu Projekten zurück, die schon aufgeführt sind. Vielleicht lässt ein Proxy oder ein Cache vor GitLab die Position der Seite weg. Suchen Sie das Projekt mit seinem Namen, oder geben Sie die URL des Repositorys ein.',
  'gitlab.projects_left_out': 'Projekte dieser Seite, die nicht zu verstehen waren und weggelassen sind: {count}.',
  'gitlab.not_reached':
    'GitLab war von hier aus nicht zu erreichen, nach dem Projekt wurde also nicht gesehen. Torques eigener Agent erreicht es vielleicht trotzdem.',

  'name.empty': 'Geben Sie einen Namen ein.',
  'name.dot_segment':
    '„.“ und „..“ können keine Namen sein und in keinem zwischen Schrägstrichen stehen: In einem Pfad sind sie ein Ort. Wählen Sie einen anderen.',
  'name.control_character':
    'Im Namen steht ein unsichtbares Zeichen (Stelle {position}). Tippen Sie den Namen noch einmal.',
  'name.too_long': 'Ein Name hat höchstens {maximum} Zeichen.',
  'name.is_token':
    'Das ist ein Zugangstoken und kein Name: Namen kann jeder im Space lesen. Geben Sie einen Namen ein, das Token kommt in sein eigenes Feld.',

  'torque.token_empty':
    'Fügen Sie das Torque-API-Token ein. Ganz weglassen kann man es nur, wo das Portal es selbst hinzufügt.',
  'torque.token_bad_character':
    'Das ist kein Torque-API-Token: Es enthält ein Leerzeichen, ein Anführungszeichen oder ein anderes Zeichen, das in keinem Token steht. Kopieren Sie es noch einmal, ohne „Bearer“ und ohne Anführungszeichen.',
  'torque.token_is_placeholder':
    'Das steht für ein Torque-API-Token: eine Variable, ein Platzhalter oder ein verdecktes Token. Fügen Sie das Token selbst ein.',
  'torque.token_is_gitlab':
    'Das ist ein GitLab-Zugriffstoken. Das Token von Torque erzeugen Sie in Torque, in Ihrem Profil.',
  'torque.provider_type': 'Der Typ eines selbst betriebenen GitLab ist gitLabEnterprise.',
  'torque.credential_must_exist':
    'Ohne Token sucht Torque nach gespeicherten Zugangsdaten dieses Namens. Vergewissern Sie sich, dass es sie im Space gibt.',
  'torque.unauthorized': `Torque nimmt das Torque-API-Token nicht an (401). Kopieren Sie es noch einmal, oder erzeugen Sie in Torque ein neues. ${torqueSays}`,
  'torque.provider_forbidden': `Dieses Torque-Token darf keinen Repository-Provider anlegen (403). Nehmen Sie das Token eines Torque-Administrators, oder geben Sie jedem Repository ein eigenes Token. ${torqueSays}`,
  'torque.space_forbidden': `Dieses Torque-Token darf die Repositorys dieses Space nicht verwalten (403). Nehmen Sie das Token eines Administrators des Space. ${torqueSays}`,
  'torque.not_found': `Unter dieser Adresse gibt es keinen solchen Dienst (404). Prüfen Sie die Adresse von Torque. ${torqueSays}`,
  'torque.space_not_found': `Torque findet den Space nicht (404). Prüfen Sie seinen Namen, auch Groß- und Kleinschreibung. ${torqueSays}`,
  'torque.provider_exists': `Torque hat schon einen Provider dieses Namens (409). Ist es der richtige, dann nehmen Sie ihn; sonst wählen Sie einen anderen Namen. ${torqueSays}`,
  'torque.repository_exists': `Torque hat dieses Repository schon, oder ein anderes dieses Namens (409). Sehen Sie bei den Repositorys des Space nach. ${torqueSays}`,
  'torque.refused': `Torque lehnt ab, was gesendet wurde ({status}). ${torqueSays}`,
  'torque.rate_limited': 'Torque bittet um eine Pause (429). Warten Sie eine Minute, und versuchen Sie es dann wieder.',
  'torque.server_error': `Torque oder ein Proxy davor hat ein Problem ({status}). Das Verlangte kann trotzdem geschehen sein: Sehen Sie in Torque nach, bevor Sie es wieder versuchen. ${torqueSays}`,
  'torque.redirected':
    'Das Portal schickt uns an eine andere Adresse, und ein Token wird nie mitgeschickt. Geben Sie die Adresse ein, unter der Torque ohne Umleitung antwortet, oder melden Sie sich erst an.',
  'torque.not_torque':
    'Statt einer Antwort der API von Torque kam eine Webseite: Eine Anmeldeseite oder ein Proxy steht davor, oder die Adresse ist nicht die der API von Torque.',
  'torque.unreadable_answer':
    'Die Antwort des Portals ({status}) ist nicht zu verstehen. Prüfen Sie die Adresse von Torque.',
  'torque.unexpected_status':
    'Das Portal antwortete mit dem unerwarteten Status {status}. Prüfen Sie die Adresse von Torque.',
  'torque.unreachable':
    'Vom Portal kam keine Antwort: Es ist von hier aus nicht zu erreichen, die Antwort ging verloren, oder der Browser erlaubt dieser Seite nicht, es zu fragen (CORS; dann betten Sie die Seite unter der Adresse des Portals ein oder nehmen dessen Proxy).',
  'torque.provider_unknown':
    'Ob Torque den Provider angelegt hat, ist nicht bekannt, und zweimal wird nie gefragt. Sehen Sie bei den Repository-Providern von Torque nach, und sagen Sie hier, ob es ihn gibt.',
  'torque.repository_unknown':
    'Ob Torque dieses Repository verbunden hat, ist nicht bekannt: Die Antwort ging verloren. Sehen Sie bei den Repositorys des Space nach, bevor Sie es wieder verbinden.',
  'torque.name_taken':
    'Der Space hat ein anderes Repository mit dem Namen „{name}“. Geben Sie diesem einen anderen Namen.',
  'torque.url_taken':
    'Der Space hat dieses Repository schon, unter dem Namen „{name}“; Torque hat es darum nicht noch einmal verbunden (409). Verwenden Sie dieses, oder trennen Sie es zuerst in Torque.',
  'torque.sync_failed': `Torque hat das Repository angenommen, kann es aber nicht lesen (Status: {status}). Ein Agent muss den GitLab-Server erreichen, und das Token muss das Repository lesen dürfen. ${torqueSays}`,
  'torque.sync_timeout':
    'Torque hat das Repository angenommen, ist damit aber noch nicht fertig (Status: {status}). Sehen Sie nach einer Weile bei den Repositorys des Space nach.',
  'torque.already_connected': 'Der Space hatte dieses Repository schon; daran wurde nichts geändert.',
  'torque.listed_after_refusal':
    'Torque hat dieses Repository abgelehnt, und der Space führt es seitdem auf. Vergleichen Sie Branch, Zugangsdaten und Agenten in Torque mit Ihren.',
  'torque.not_watched':
    'Torque hat das Repository angenommen, aber seine Liste ist nicht lesbar; wie es weiterging, ist nicht bekannt. Sehen Sie bei den Repositorys des Space nach.',

  'plan.no_repositories':
    'Geben Sie mindestens ein Repository ein. Nur ein neuer Provider lässt sich ohne eines anlegen.',
  'plan.too_many_repositories':
    'Das sind mehr als {maximum} Repositorys. Verbinden Sie zuerst {maximum}, dann die übrigen.',
  'plan.duplicate_name':
    'Nummer {first} dieser Liste hat denselben Namen. In einem Space ist ein Name einmalig: Geben Sie diesem einen anderen.',
  'plan.duplicate_repository':
    'Nummer {first} dieser Liste hat dieselbe URL. Dieses wird unter anderem Namen noch einmal verbunden; entfernen Sie es, wenn das nicht gemeint ist.',
  'plan.token_missing': 'Geben Sie das GitLab-Token ein.',
  'plan.repository_token_missing':
    'Ohne Provider braucht jedes Repository ein eigenes Token oder den Namen von Zugangsdaten, die im Space gespeichert sind.',
  'plan.out_of_range': 'Geben Sie eine Zahl von {minimum} bis {maximum} ein.',
  'plan.not_started': 'Nicht getan, weil ein früherer Schritt den Auftrag beendet hat.',
  'plan.aborted': 'Der Auftrag wurde beendet, bevor dies getan war.',
  'plan.aborted_while_syncing':
    'Torque hat das Repository angenommen; der Auftrag wurde beendet, bevor es verbunden war. Setzen Sie ihn fort, um zu sehen, wie es weitergeht.',
  'plan.out_of_time':
    'Die Zeit für den ganzen Auftrag war um, bevor dies getan war. Verbinden Sie noch einmal, was übrig ist.',
  'plan.interrupted': 'Der Auftrag wurde unterbrochen, als dies gesendet war; ob es ankam, ist nicht bekannt.',
  'plan.stopped_unknown':
    'GitLab sagte nicht, ob dies gelingen wird, deshalb hört der Auftrag hier auf. Lesen Sie die Hinweise; wissen Sie es besser, dann machen Sie ohne diese Prüfung weiter.',

  'checkpoint.unreadable':
    'Das ist kein Zwischenstand dieser Version. Fangen Sie ohne ihn neu an: Was verbunden ist, bleibt verbunden.',
  'checkpoint.other_plan':
    'Dieser Zwischenstand gehört zu einem anderen Plan. Alles außer Tokens und Richtlinie muss sein, wie es war; sonst fangen Sie neu an: Was verbunden ist, bleibt verbunden.',

  'lines.no_header':
    'Zeile {line} ist nicht nur eine URL. Geben Sie in jeder Zeile eine URL ein, oder beginnen Sie mit einer Kopfzeile, die die Spalten nennt: url, und wo nötig name, branch, token, credentialName, agents, autoRegister.',
  'lines.unknown_column':
    'Zeile {line}, Spalte {column}: Dieser Name einer Spalte ist hier nicht bekannt. Die Spalten sind url, name, branch, token, credentialName, agents und autoRegister, oder heißen wie im Payload von Torque.',
  'lines.unused_column':
    'Zeile {line}, Spalte {column}: Sie wird nicht gebraucht. Was darin steht, ist für alle Repositorys gleich und wird einmal eingegeben.',
  'lines.duplicate_column': 'Zeile {line}, Spalte {column}: Eine andere Spalte heißt ebenso.',
  'lines.too_many_cells':
    'Zeile {line}, Spalte {column}: Die Kopfzeile hat für diese Zelle keinen Namen. Setzen Sie eine Zelle, die ein Komma enthält, in Anführungszeichen.',
  'lines.quote':
    'Zeile {line}, Spalte {column}: Ein Anführungszeichen fehlt oder steht falsch. Setzen Sie die ganze Zelle in Anführungszeichen, und schreiben Sie eines darin doppelt.',

  'export.not_expressible': 'Der ausgegebene Text kann dies nicht ausdrücken: {what}.',
};

/** Every text of the element, and of every issue. */
export const german: Messages = {
  ...element,
  ...others,
  ...Object.fromEntries(
    ['base', 'repository', 'portal'].flatMap((subject) =>
      Object.entries(urls).map(([fault, text]) => [`${subject}_url.${fault}`, text]),
    ),
  ),
  'repository_url.empty':
    'Geben Sie die Adresse eines Repositorys ein, zum Beispiel https://gitlab.example.com/group/project.',
};
