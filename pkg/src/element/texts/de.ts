/**
 * German, as a module of its own that only those load who want it:
 * `TorqueGitlabConnectElement.languages.set('de', german)`. Torque's and GitLab's own terms stay as their pages have them.
 */

import type { IssueCode } from '../../index.js';
import type { MessageKey, Messages, Text } from './messages.js';

type UrlError = IssueCode extends infer Code ? (Code extends `${string}_url.${infer Key}` ? Key : never) : never;
type OtherCode = Exclude<IssueCode, `${string}_url.${string}`>;

/** Why Torque refuses, in its own words. */
const torqueSays = 'Torque sagt: {answer}';

const element: Record<MessageKey, Text> = {
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
  'action.use': 'Übernehmen:',
  'action.strip_token': 'Nur das Token behalten',
  optional: 'optional',

  'error.count': { one: 'Eines ist noch zu berichtigen', other: '{count} Angaben sind noch zu berichtigen' },

  'verdict.ok': 'Das sieht richtig aus.',

  'restored.entries': 'Ihre Eingaben sind wieder da. Tokens werden nie gespeichert: Geben Sie sie erneut ein.',
  'restored.job':
    'Ihre Eingaben und ein unfertiger Vorgang sind wieder da. Geben Sie die Tokens erneut ein und wählen Sie Verbinden, um fortzufahren. Nichts wird doppelt verbunden.',
  'restored.unreadable':
    'Ihre gespeicherten Eingaben waren nicht lesbar, darum ist das Formular leer. Falls ein Vorgang lief: Prüfen Sie in Torque, was schon verbunden ist, bevor Sie noch einmal verbinden.',
  'restored.anew': 'Neu anfangen',

  'method.heading': 'Wie soll Torque Ihr GitLab erreichen?',
  'method.lead': 'Beide verbinden Ihre Repositorys, mit verschiedenen Tokens.',
  'method.provider': 'Ein Repository-Provider',
  'method.provider_text': 'Ein Token für alle Repositorys unter Ihrer Basis-URL.',
  'method.provider_needs':
    'Sie brauchen ein Token mit read_api und read_repository ohne Ablaufdatum und Administratorrechte in Torque.',
  'method.token_per_repository': 'Ein Token für jedes Repository',
  'method.token_per_repository_text': 'Kein Provider. Sie geben für jedes Repository ein Token ein.',
  'method.token_per_repository_needs': 'Sie brauchen für jedes Repository ein Token mit read_repository.',
  'method.self_managed': 'Für selbst betriebenes GitLab. Ein Torque-Agent muss es erreichen können.',

  'gitlab.heading': 'Ihr GitLab',
  'gitlab.lead': 'Torque speichert Basis-URL und Token als Repository-Provider.',
  'gitlab.lead_existing': 'Geben Sie die Basis-URL ein, die der Provider in Torque hat.',
  'gitlab.which': 'Provider',
  'gitlab.new': 'Neuen Provider anlegen',
  'gitlab.existing': 'Vorhandenen Provider verwenden',
  'gitlab.existing_note': 'Jedes Repository muss unter der Basis-URL des Providers liegen. Das Token hat Torque schon.',

  'field.name': 'Name des Providers',
  'field.name_hint': 'Der Name in Torque, zum Beispiel gitlab-1.',
  'field.base_url': 'GitLab-Basis-URL',
  'field.base_url_hint': 'Wie im Browser, gegebenenfalls mit Port und Pfad: https://gitlab.example.com:8443/gitlab/',
  'field.base_url_ok': '{scheme} auf {host}, Port {port}.',
  'field.base_url_ok_path': '{scheme} auf {host}, Port {port}, unter {path}',
  'field.token': 'GitLab-Zugriffstoken',
  'field.token_hint':
    'Braucht die Scopes read_api und read_repository und kein Ablaufdatum. Diese Seite vergisst es, sobald Torque es hat.',
  'field.repository_url': 'Repository-URL',
  'field.repository_url_hint': 'Sie können eine Liste einfügen: Aus jeder Zeile wird ein Repository.',
  'field.repository_url_inside': 'Unter {base}: {path}',
  'field.repository_url_ok': 'Projekt {path} auf {host}',
  'field.repository_token': 'Token des Repositorys',
  'field.repository_token_hint': 'Ein GitLab-Token mit dem Scope read_repository.',
  'field.repository_name': 'Name im Space',
  'field.repository_name_hint': 'Leer: Name des Projekts.',
  'field.branch': 'Branch',
  'field.branch_hint': 'Leer: Standard-Branch.',
  'field.credential_name': 'Name der Zugangsdaten',
  'field.credential_name_hint': 'Unter diesem Namen speichert Torque das Token. Leer: Name des Repositorys.',
  'field.credential_name_hint_provider': 'Im Space gespeicherte Zugangsdaten. Leer: Token des Providers.',
  'field.agents': 'Agenten',
  'field.agents_hint': 'Agenten, die dieses GitLab erreichen, mit Kommas. Leer: alle.',
  'field.check_base_url': 'GitLab-Basis-URL, um die Tokens zu testen',
  'field.check_base_url_hint': 'Zum Testen gehen Tokens nur an diese URL. Leer: kein Test.',
  'field.portal_url': 'Torque-URL',
  'field.portal_url_hint':
    'Wo Sie Torque öffnen, etwa https://portal.qtorque.io/, oder der Proxy dieses Portals davor.',
  'field.space': 'Space',
  'field.space_hint': 'Ein vorhandener Space.',
  'field.torque_token': 'Torque-API-Token',
  'field.torque_token_hint': 'Aus Ihrem Torque-Profil. Geht nur an die Torque-URL.',
  'field.torque_token_hint_provider': 'Aus dem Torque-Profil eines Administrators. Geht nur an die Torque-URL.',

  'token.make': 'Token in GitLab erzeugen',
  'token.make_older': 'Älteres GitLab',
  'token.make_before18_9': 'Token in GitLab 16.8 bis 18.8 erzeugen',
  'token.make_before16_8': 'Token in GitLab bis 16.7 erzeugen',
  'token.test': 'Mit GitLab testen',
  'token.testing': 'GitLab wird gefragt…',
  'token.checklist': 'Was GitLab sagt',
  'token.needs': 'Anforderungen an das Token',
  'token.needs_kind': 'Ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.needs_scopes_provider': 'read_api und read_repository.',
  'token.needs_scopes_repository': 'read_repository.',
  'token.needs_expiry_provider': 'Kein Ablaufdatum. Mit dem Ablauf fallen alle Repositorys aus.',
  'token.needs_expiry_repository': 'So spät wie möglich.',
  'token.needs_reach_provider': 'Es sieht jedes Projekt, das Sie verbinden.',
  'token.needs_reach_repository': 'Es kann den Code lesen.',
  'token.reach': 'Reichweite',
  'token.reach_all': { one: 'Es sieht 1 Projekt.', other: 'Es sieht {count} Projekte.' },
  'token.reach_more': { one: 'Es sieht mehr als 1 Projekt.', other: 'Es sieht mehr als {count} Projekte.' },
  'token.verdict_ok': 'Dieses Token erfüllt die Anforderungen.',
  'token.verdict_reject': 'Dieses Token erfüllt die Anforderungen nicht.',
  'token.verdict_unknown': 'Die Antwort ist nicht eindeutig. Das Token kann trotzdem funktionieren.',
  'token.verdict_unasked': 'Diese Seite konnte GitLab nicht erreichen. Das Token kann trotzdem funktionieren.',
  'token.answer': 'Antwort',
  'token.answer_ok': 'GitLab kennt das Token „{name}“.',
  'token.answer_ok_unnamed': 'GitLab kennt das Token.',
  'token.answer_none': 'Keine Antwort, die diese Seite lesen konnte.',
  'token.kind': 'Art',
  'token.scopes': 'Scopes',
  'token.not_known': 'Unbekannt.',
  'token.scope_missing': 'fehlt',
  'token.expiry': 'Ablauf',
  'token.expiry_never': 'Läuft nie ab.',
  'token.expiry_date': {
    one: 'Läuft am {date} um 00:00 UTC ab, in 1 Tag.',
    other: 'Läuft am {date} um 00:00 UTC ab, in {count} Tagen.',
  },
  'token.expiry_past': 'Am {date} um 00:00 UTC abgelaufen.',
  'token.project': 'Repository',
  'token.project_ok': 'Lesbar als {path}.',
  'token.project_branch': 'Lesbar als {path}, Standard-Branch {branch}.',
  'token.continue': 'Ohne diesen Test fortfahren',
  'token.continue_hint': 'Torque erreicht GitLab vielleicht, auch wenn dieser Browser es nicht kann.',
  'token.accept_expiry': 'Ablauf dieses Tokens akzeptieren',
  'token.accept_expiry_hint':
    'An diesem Tag fallen alle Repositorys des Providers aus. Geben Sie Torque vorher ein neues Token.',
  'token.continue_hint_tokens': 'Torque testet die Tokens dann selbst.',
  'token.http': 'Das Token unverschlüsselt an diese URL senden',
  'token.http_hint': 'Die URL beginnt mit http. Jeder im Netz könnte das Token lesen.',

  'network.failed':
    'Der Browser bekam keine Antwort. Prüfen Sie, ob die URL von hier erreichbar ist und ihrem Zertifikat vertraut wird. Auch ein Proxy oder die Richtlinie dieser Seite kann sie sperren.',
  'network.offline': 'Dieser Rechner ist offline. Versuchen Sie es erneut, wenn er verbunden ist.',
  'network.timeout': 'Keine Antwort in der vorgesehenen Zeit.',

  'kind.access_token': 'Persönliches, Projekt- oder Gruppen-Zugriffstoken, nach seinem Präfix.',
  'kind.oauth_access_token': 'OAuth-Zugriffstoken, nach seiner Form.',
  'kind.unknown': 'Ein Zugriffstoken ohne bekanntes Präfix.',

  'repositories.heading': 'Ihre Repositorys',
  'repositories.lead': 'Jedes Repository muss unter {base} liegen',
  'repositories.lead_tokens': 'Jedes Repository hat sein eigenes Token.',
  'repositories.none_needed': 'Sie können dies leer lassen und Repositorys später verbinden.',
  'repositories.count': { one: '1 Repository', other: '{count} Repositorys' },
  'repositories.title': 'Repository {number}',
  'repositories.add': 'Repository hinzufügen',
  'repositories.remove': 'Entfernen',
  'repositories.remove_this': 'Repository {number} entfernen',
  'repositories.removed': 'Repository {number} entfernt.',
  'repositories.added': { one: '1 Repository hinzugefügt.', other: '{count} Repositorys hinzugefügt.' },
  'repositories.edit': 'Bearbeiten',
  'repositories.edit_this': '{title} bearbeiten',
  'repositories.more': 'Name, Branch, Agenten',
  'repositories.lines': 'Liste einfügen',
  'repositories.projects': 'Aus GitLab wählen',
  auto_register: 'Umgebungen automatisch registrieren',
  auto_register_hint: 'Torque registriert die Umgebungen, die das Repository als Code definiert.',

  'lines.label': 'Liste der Repositorys',
  'lines.hint':
    'Eine URL pro Zeile, oder eine Tabelle (CSV), deren erste Zeile die Spalten nennt: url, name, branch, token, credentialName, agents. Sie können auch eine Datei hier ablegen.',
  'lines.good': {
    one: '1 Repository kann hinzugefügt werden.',
    other: '{count} Repositorys können hinzugefügt werden.',
  },
  'lines.bad': { one: '1 Zeile ist fehlerhaft.', other: '{count} Zeilen sind fehlerhaft.' },
  'lines.line': 'Zeile {line}: ',
  'lines.more': { one: 'Und 1 weiteres.', other: 'Und {count} weitere.' },
  'lines.add': { one: '1 hinzufügen', other: '{count} hinzufügen' },
  'lines.file': 'Datei wählen',
  'lines.correct': { one: '1 Vorschlag übernehmen', other: '{count} Vorschläge übernehmen' },
  'lines.empty': 'Liste leeren',
  'lines.waiting': {
    one: '1 Repository in Ihrer Liste ist noch nicht hinzugefügt. Fügen Sie es hinzu oder leeren Sie die Liste.',
    other:
      '{count} Repositorys in Ihrer Liste sind noch nicht hinzugefügt. Fügen Sie sie hinzu oder leeren Sie die Liste.',
  },
  'lines.left': 'Korrigieren Sie die übrigen Zeilen oder leeren Sie die Liste.',
  'lines.unreadable':
    'Die Datei ist nicht lesbar. Speichern Sie sie als UTF-8 (in Excel: CSV UTF-8), oder fügen Sie ihren Text ein.',

  'pick.search': 'Projekte, die das Token sieht',
  'pick.find': 'Suchen',
  'pick.found': { one: 'GitLab nennt 1 Projekt.', other: 'GitLab nennt {count} Projekte.' },
  'pick.legend': 'Projekte',
  'pick.there': 'bereits hinzugefügt',
  'pick.marked': 'zum Löschen vorgemerkt',
  'pick.marked_on': 'am {date} zum Löschen vorgemerkt',
  'pick.none': 'Keine passenden Projekte, die dieses Token sieht.',
  'pick.add': { one: '1 Projekt hinzufügen', other: '{count} Projekte hinzufügen' },
  'pick.more': 'Mehr anzeigen',

  'compare.label': 'Basis-URL und Repository-URL, Teil für Teil',
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
  'torque.lead': 'Mit diesem Space verbindet Torque die Repositorys.',
  'torque.given': 'Dieses Portal meldet Sie bei Torque an. Sie brauchen kein Token.',

  'review.heading': 'Prüfen und verbinden',
  'review.lead': 'Prüfen Sie, was gesendet wird. Gesendet wird erst, wenn Sie Verbinden wählen.',
  'review.method_new': 'Neuer Provider „{name}“',
  'review.method_existing': 'Vorhandener Provider',
  'review.token': 'GitLab-Token',
  'review.repositories_none': 'Noch keine',
  'review.space': 'Space {space}',
  'review.self_managed': 'Selbst betrieben',
  'review.self_managed_text': 'Ja: Jede Anfrage nennt Torques Typ gitLabEnterprise.',
  'review.requests': 'Was gesendet wird',
  'review.requests_hint': 'Das genaue JSON. Tokens sind hier verdeckt, werden aber vollständig gesendet.',
  'review.send.token': 'GitLab-Token testen',
  'review.send.project': '{name} in GitLab nachschlagen',
  'review.send.branch': 'Branch von {name} nachschlagen',
  'review.send.probe': 'Eine Datei von {name} nachschlagen',
  'review.send.provider': 'Provider anlegen',
  'review.send.repository': '{name} verbinden',
  'review.send.list': 'Status im Space abfragen',
  'review.curl': 'Dasselbe mit curl',
  'review.curl_hint': 'In sh oder bash einfügen. Die Tokens kommen aus Shell-Variablen, nie aus Argumenten.',
  'review.json': 'Alles als JSON',
  'review.json_hint': 'Alle Anfragen in ihrer Reihenfolge. Tokens sind verdeckt.',
  'review.terraform': 'Dasselbe mit Terraform',
  'review.terraform_hint': 'Für den Terraform-Provider von Torque. Tokens sind geheime Variablen.',
  'review.more': { one: 'und 1 weiteres', other: 'und {count} weitere' },
  'review.change': 'Ändern',

  'connect.heading': 'Es wird verbunden',
  'connect.lead': 'Sie können jederzeit anhalten. Erledigtes bleibt.',
  'connect.progress': '{done} von {count} erledigt.',
  'connect.pause': 'Anhalten',
  'connect.pausing': 'Hält an…',
  'connect.resume': 'Fortsetzen',
  'connect.use_existing': 'Vorhandenen Provider verwenden',
  'connect.provider_there': 'Vorhanden: weiter',
  'connect.provider_not_there': 'Nicht vorhanden: anlegen',
  'connect.waiting': 'Nächste Abfrage in {seconds} s.',
  'connect.again': 'Erneut versuchen',
  'connect.change': 'Eingaben ändern',
  'connect.more': 'Weitere verbinden',
  'connect.requests': { one: '1 Anfrage', other: '{count} Anfragen' },
  'connect.token_row': 'Mit GitLab testen',
  'connect.not_started': {
    one: '1 Repository wurde nicht begonnen, weil ein früherer Schritt den Vorgang beendet hat.',
    other: '{count} Repositorys wurden nicht begonnen, weil ein früherer Schritt den Vorgang beendet hat.',
  },
  'connect.provider_row': 'Provider {name} anlegen',
  'connect.no_answer': 'keine Antwort',
  'connect.no_answer_in_time': 'keine Antwort in der Zeit',
  'connect.redirect': 'umgeleitet',
  'connect.unexpected': 'Auf dieser Seite ist etwas schiefgegangen: {message}',

  'note.error': 'Fehler',
  'note.warning': 'Warnung',
  'state.pending': 'Wartet',
  'state.running': 'Läuft',
  'state.done': 'Erledigt',
  'state.ok': 'In Ordnung',
  'state.warning': 'Hinweis',
  'state.failed': 'Fehlgeschlagen',
  'state.unknown': 'Unklar',

  'outcome.connected': 'Verbunden',
  'outcome.syncing': 'Wird noch synchronisiert',
  'outcome.failed': 'Fehlgeschlagen',
  'outcome.unknown': 'Unklar',
  'outcome.not_started': 'Nicht begonnen',

  'provider.done': 'Angelegt',
  'provider.exists': 'Bereits vorhanden',
  'provider.skipped': 'Nicht begonnen',
  'provider.failed': 'Fehlgeschlagen',
  'provider.unknown': 'Unklar',
  'provider.aborted': 'Angehalten',

  'result.connected': 'Verbunden',
  'result.connected_lead': 'Alle Repositorys sind verbunden. Entdecken Sie nun die Assets in jedem.',
  'result.connected_provider': 'Provider angelegt. Repositorys können Sie jederzeit verbinden.',
  'result.partial': 'Teilweise verbunden',
  'result.partial_lead': 'Nicht alles ist verbunden. Erledigtes bleibt; der Rest steht unten.',
  'result.failed': 'Nicht verbunden',
  'result.failed_lead': 'Gründe stehen unten. Ihre Eingaben bleiben.',
  'result.unknown': 'Unklar',
  'result.unknown_lead': 'Einige Schritte ließen sich nicht bestätigen. Unten steht, was Sie in Torque prüfen sollten.',
  'result.aborted': 'Angehalten',
  'result.aborted_lead': 'Erledigtes bleibt. Wählen Sie Fortsetzen, um weiterzumachen.',
  'result.elsewhere': 'Dieser Vorgang läuft in einem anderen Tab',
  'result.elsewhere_lead':
    'Dieser Tab hat nichts an Torque gesendet. Machen Sie im anderen Tab weiter. Ist der Vorgang dort beendet oder angehalten, können Sie hier „Fortsetzen“ wählen.',
  'result.invalid': 'Nichts wurde gesendet',
  'result.invalid_lead': 'Einige Eingaben sind fehlerhaft. Nichts ist verloren gegangen.',
  'result.next': 'Weiter: Assets entdecken',
  'result.next_hint': 'Gehen Sie in Torque zu',
  'result.open': 'Torque öffnen',
  'result.report': 'Bericht',
  'result.download': 'Als {format} herunterladen',

  pages: 'Seiten',
  'pages.previous': 'Vorherige',
  'pages.next': 'Nächste',
  'pages.shown': '{first} bis {last} von {count}',

  'connect.refused': 'Dieses Portal hat es nicht erlaubt.',
  'connect.no_torque_token':
    'Dieses Portal konnte sich nicht bei Torque anmelden. Nichts wurde gesendet. Versuchen Sie es erneut.',
};

const urls: Record<UrlError, string> = {
  empty: 'Geben Sie eine URL ein, zum Beispiel https://gitlab.example.com/.',
  control_character: 'Entfernen Sie das Steuerzeichen an Position {position}, etwa einen Tabulator oder Zeilenumbruch.',
  white_space: 'Entfernen Sie das Leerzeichen an Position {position}.',
  backslash:
    'Ersetzen Sie den umgekehrten Schrägstrich an Position {position} durch /. Programme lesen ihn verschieden.',
  missing_scheme: 'Die URL muss mit https:// oder http:// beginnen.',
  scheme_not_supported:
    'Dieses Schema wird nicht unterstützt. Geben Sie eine URL ein, die mit https:// oder http:// beginnt.',
  ssh_form: 'Das ist die SSH-URL. Torque braucht die HTTPS-URL (in GitLab: Code, Mit HTTPS klonen).',
  slashes: 'Auf das Schema müssen genau zwei Schrägstriche und der Host folgen, wie in https://gitlab.example.com/.',
  has_credentials:
    'Die URL enthält vor dem @ einen Benutzernamen, ein Passwort oder ein Token. Entfernen Sie es. War es ein echtes Token, widerrufen Sie es in GitLab.',
  has_token:
    'Diese URL enthält ein Zugriffstoken, und eine URL sehen viele. Entfernen Sie das Token und fügen Sie es in sein eigenes Feld ein. Haben Sie diese URL schon verschickt, widerrufen Sie das Token in GitLab.',
  host_empty: 'In der URL fehlt der Host. Ergänzen Sie ihn, wie in https://gitlab.example.com/.',
  host_not_ascii: 'Der Host enthält Zeichen außerhalb von ASCII. Geben Sie seine ASCII-Form ein (xn--…).',
  host_character: 'Der Host darf kein „{character}“ enthalten (Position {position}). Korrigieren Sie den Host.',
  host_empty_label:
    'Der Host beginnt mit einem Punkt oder hat zwei Punkte hintereinander. Entfernen Sie den überzähligen Punkt.',
  too_long: 'Die URL ist zu lang. Sie kann {maximum} Zeichen haben. Geben Sie nur eine URL ein.',
  host_ends_with_dot: 'Der Host endet mit einem Punkt. Entfernen Sie den Punkt.',
  host_too_long: 'Der Host ist zu lang. Er darf 253 Zeichen haben, zwischen zwei Punkten 63. Korrigieren Sie den Host.',
  host_hyphen: 'Ein Teil des Hosts beginnt oder endet mit einem Bindestrich. Korrigieren Sie den Host.',
  host_punycode:
    'Ein Teil des Hosts beginnt mit xn--, ist aber kein gültiger kodierter Name. Kopieren Sie den Host noch einmal.',
  host_underscore:
    'Der Host enthält einen Unterstrich, und manche Programme lehnen ihn ab. Hat der Server einen anderen Namen, verwenden Sie diesen.',
  host_number:
    'Der Host endet mit einer Zahl, ist aber keine einfache IPv4-Adresse. Schreiben Sie vier Dezimalzahlen von 0 bis 255 ohne führende Nullen, wie in 192.0.2.10.',
  host_ipv6:
    'Schreiben Sie die IPv6-Adresse in eckigen Klammern und in ihrer kurzen Form, wie in https://[2001:db8::1]/: kleine Buchstaben, keine führenden Nullen, die längste Folge von Nullen als ::.',
  port: 'Der Port muss eine Zahl von 1 bis 65535 ohne führende Nullen sein, wie in https://gitlab.example.com:8443/.',
  has_query: 'Entfernen Sie das Fragezeichen und alles danach.',
  has_fragment: 'Entfernen Sie das # und alles danach.',
  percent_encoding:
    'An Position {position} steht ein Prozentzeichen. Programme lesen Prozentkodierung verschieden, und GitLab-Pfade brauchen sie nicht. Geben Sie die URL ohne sie ein.',
  at_sign: 'Ein GitLab-Pfad darf kein @ enthalten (Position {position}). Korrigieren Sie den Pfad.',
  tilde: 'Ein GitLab-Pfad darf kein ~ enthalten (Position {position}). Korrigieren Sie den Pfad.',
  path_not_ascii:
    'Das Zeichen an Position {position} ist außerhalb von ASCII. GitLab-Pfade enthalten nur Buchstaben, Ziffern, „.“, „_“ und „-“.',
  path_character:
    'Der Pfad darf kein „{character}“ enthalten (Position {position}). GitLab-Pfade enthalten nur Buchstaben, Ziffern, „.“, „_“ und „-“.',
  empty_segment: 'Der Pfad hat zwei Schrägstriche hintereinander. Entfernen Sie einen.',
  dot_segment: 'Der Pfad enthält das Segment „.“ oder „..“. Geben Sie den Pfad ohne es ein.',
  ambiguous: 'Programme könnten diese URL verschieden lesen. Geben Sie sie in ihrer einfachen Form ein.',
  not_encrypted: 'http:// sendet das Token unverschlüsselt. Verwenden Sie https://, wenn der Server es unterstützt.',
  not_gitlab: 'Das ist {product}. Geben Sie die Basis-URL Ihres GitLab ein.',
  torque_page: 'Das sieht nach einer Seite oder einem API-Pfad von Torque aus. Geben Sie nur die Torque-URL ein.',
  gitlab_com: 'gitlab.com ist nicht selbst betrieben. Verbinden Sie es mit Torques eigener GitLab-Anbindung.',
  punycode:
    'Der Host ist ein internationalisierter Name (xn--). Vergewissern Sie sich, dass es Ihr Server ist und kein ähnlich aussehender.',
  may_be_group:
    'Die Basis-URL hat einen Pfad. Behalten Sie ihn, wenn GitLab selbst unter diesem Pfad läuft. Ist es eine Gruppe, entfernen Sie ihn.',
  web_page: 'Das ist die URL einer GitLab-Seite. Geben Sie die Basis-URL Ihres GitLab ein.',
  api_url: 'Das ist die URL der GitLab-API. Geben Sie die Basis-URL Ihres GitLab ein, ohne /api und was danach steht.',
  clone_url: 'Das ist die Klon-URL eines Repositorys. Geben Sie die Basis-URL Ihres GitLab ein.',
  project_missing:
    'Die URL muss eine Gruppe (oder einen Benutzer) und ein Projekt enthalten, wie in https://gitlab.example.com/group/project.',
  project_name:
    'So kann kein GitLab-Projekt heißen: Ohne „.git“ ist der Name leer, besteht nur aus Punkten oder endet wieder mit „.git“. Korrigieren Sie den Namen.',
  git_slash: 'Entfernen Sie den Schrägstrich nach .git.',
  wiki: 'Das ist die Klon-URL eines Wikis. Geben Sie die URL seines Projekts ein. Endet der Name des Projekts selbst auf .wiki, lassen Sie .git weg.',
  may_be_wiki:
    'Der Name endet auf .wiki. Vergewissern Sie sich, dass es ein Projekt ist und nicht das Wiki eines Projekts.',
  ends_with_dot: 'Die URL endet mit einem Punkt. Entfernen Sie ihn, wenn er nicht zum Namen des Projekts gehört.',
  may_be_page:
    'Das ist vielleicht die URL einer Seite in einem Projekt. Vergewissern Sie sich, dass es die URL des Projekts selbst ist.',
  reserved_path:
    '„/{segment}/“ ist eine Seite von GitLab und enthält keine Projekte. Geben Sie die URL eines Projekts ein.',
  web_link: 'Das ist die URL einer Seite in einem Projekt. Geben Sie die URL des Projekts selbst ein.',
  outside_base_url:
    'Dieses Repository liegt nicht unter der Basis-URL des Providers: erwartet „{expected}“, gefunden „{got}“. Das Token darf nicht dorthin.',
  differs_in_case:
    'Nur die Groß- und Kleinschreibung ist anders. Torque vergleicht sie, also schreiben Sie den Pfad wie in der Basis-URL.',
  http_not_allowed:
    'Verwenden Sie für Torque https://. http:// ist nur auf diesem Rechner erlaubt (localhost, 127.0.0.1, [::1]).',
  unknown_host:
    'Dieser Host liegt nicht unter qtorque.io. Ihr Torque-API-Token wird dorthin gesendet: Vergewissern Sie sich, dass es Ihr Torque oder der Proxy Ihres Portals ist.',
};

const others: Record<OtherCode, string> = {
  'input.unreadable':
    'Dieser Wert konnte nicht gelesen werden. Übergeben Sie einfache Daten: Text, Zahlen, Listen und Objekte.',
  'input.not_well_formed':
    'Dieser Text ist kein wohlgeformtes Unicode: Er enthält ein halbes Surrogatpaar. Geben Sie ihn noch einmal ein.',
  'input.too_large': 'Dieser Wert ist zu groß. Übergeben Sie einen kleineren.',
  'input.too_many_issues':
    'Es gibt {count} weitere Meldungen. Beheben Sie die aufgeführten, und prüfen Sie dann noch einmal.',
  'input.unknown_key':
    'Eine Einstellung „{key}“ gibt es hier nicht. Entfernen Sie sie, oder korrigieren Sie ihren Namen.',
  'input.missing': 'Ein Wert fehlt. Erwartet: {expected}.',
  'input.wrong_type': 'Erwartet: {expected}. Gefunden: {got}.',
  'input.not_allowed': 'Dieser Wert ist nicht erlaubt. Erwartet: {expected}.',

  'token.empty': 'Fügen Sie das GitLab-Zugriffstoken ein.',
  'token.bad_character':
    'Ein Token darf {found} nicht enthalten (Position {position}). Kopieren Sie das ganze Token noch einmal, mit nichts davor oder dahinter.',
  'token.pasted_header':
    '„{found}“ gehört nicht zu einem Zugriffstoken. Entfernen Sie es und lassen Sie nur das Token stehen.',
  'token.more_than_one': 'Hier steht mehr als ein Token. Lassen Sie nur eines stehen.',
  'token.is_url': 'Das ist eine URL, kein Zugriffstoken. Fügen Sie nur das Token ein.',
  'token.seen_in_url':
    'Dieses Token stand in einer URL. Wer die URL gesehen hat, kennt das Token. Erzeugen Sie ein neues.',
  'token.quoted': 'Entfernen Sie die Anführungszeichen, Klammern oder Satzzeichen um das Token.',
  'token.has_user_name': 'Neben dem Token steht ein Benutzername. Entfernen Sie ihn und den Doppelpunkt.',
  'token.is_masked':
    'Dieses Token ist verdeckt, das meiste fehlt. GitLab zeigt ein Token nur einmal, beim Erzeugen. Kopieren Sie es dann, oder erzeugen Sie ein neues.',
  'token.is_variable': 'Das ist der Name einer Variablen, nicht ihr Wert. Fügen Sie das Token selbst ein.',
  'token.is_placeholder':
    'Das ist ein Platzhalter oder der Name eines Tokens. Fügen Sie das Token selbst ein, wie GitLab es beim Erzeugen gezeigt hat.',
  'token.prefix_alone': 'Das ist nur das Präfix eines Tokens. Kopieren Sie das ganze Token.',
  'token.wrong_kind':
    'Das ist von GitLab: {kind}. Damit kann Torque keine Repositorys lesen. Erzeugen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken mit {scopes}.',
  'token.deploy_token':
    'Das ist ein Deploy-Token. Es funktioniert nur mit seinem Benutzernamen, und den kann Torque nicht speichern. Erzeugen Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken mit {scopes}.',
  'token.other_product': 'Das ist ein Token von {product}. Fügen Sie ein GitLab-Zugriffstoken ein.',
  'token.maybe_oauth':
    'Das sieht wie ein OAuth-Zugriffstoken aus. Ein solches läuft nach zwei Stunden ab, und Torque verlöre das Repository. Verwenden Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.custom_prefix':
    'Dieses Token beginnt nicht mit glpat-. Ein GitLab mit eigenem Präfix erzeugt solche Tokens. Vergewissern Sie sich, dass es ein Zugriffstoken Ihres GitLab ist.',
  'token.no_prefix':
    'Dieses Token hat kein Präfix. Alte GitLab-Versionen erzeugten solche Tokens. Vergewissern Sie sich, dass es ein Zugriffstoken Ihres GitLab ist.',
  'token.scope_misspelled': 'GitLab hat keinen Scope „{scope}“. Scopes werden klein und mit Unterstrichen geschrieben.',
  'token.missing_scope':
    'Diesem Token fehlt der Scope {scope}. Scopes lassen sich nicht nachtragen: Erzeugen Sie ein neues Token.',
  'token.more_than_needed':
    'Dieses Token darf mehr, als Torque braucht: {scopes}. Sicherer ist ein Token, das nur lesen darf.',
  'token.clone_undocumented':
    'Manche GitLab-Versionen klonen mit read_api allein, aber GitLab dokumentiert das nicht. Nehmen Sie read_repository dazu.',
  'token.no_api_access':
    'Mit write_repository allein kann dieses Token klonen, aber nicht die GitLab-API verwenden. Das Projekt und seine Branches lassen sich nicht nachschlagen.',
  'token.fine_grained':
    'Dieses Token ist feingranular, oder seine Gruppe verlangt das. Seine Rechte lassen sich hier nicht lesen. Es braucht „Code: Download“ in jedem Projekt. Testen Sie es mit einem Repository, oder verwenden Sie ein Token mit klassischen Scopes.',
  'token.inactive': 'GitLab meldet dieses Token als widerrufen oder abgelaufen. Erzeugen Sie ein neues.',
  'token.has_expiry':
    'Dieses Token hat ein Ablaufdatum. An diesem Tag fallen alle Repositorys des Providers aus. Verwenden Sie ein Token ohne Ablauf: Ab GitLab 17.3 kann ein Administrator sie erlauben, und Dienstkonten können sie haben. Bekommen Sie keines, nehmen Sie den Ablauf hin und ersetzen Sie das Token rechtzeitig.',
  'token.expires_soon': 'Tage bis zum Ablauf dieses Tokens: {days}. Geben Sie Torque vorher ein neues.',
  'token.expiry_unknown':
    'GitLab hat nicht mitgeteilt, ob dieses Token abläuft. Sehen Sie auf der Seite des Tokens in GitLab nach.',
  'token.clock_disagrees':
    'GitLab meldet dieses Token als aktiv, aber nach der Uhr dieses Rechners ist es abgelaufen (Tokens laufen um 00:00 UTC ab). Prüfen Sie die Uhren dieses Rechners und des GitLab-Servers, und testen Sie dann noch einmal.',
  'token.malformed':
    'Die Antwort von GitLab war nicht lesbar („{field}“). Prüfen Sie, ob die Basis-URL die von GitLab selbst ist, und sehen Sie dann auf der Seite des Tokens in GitLab nach.',
  'token.not_gitlab_json':
    'Diese Antwort kommt nicht von der GitLab-API. Vielleicht steht eine Anmeldeseite oder ein Proxy davor, oder es ist kein GitLab. Prüfen Sie die Basis-URL, melden Sie sich an, oder verwenden Sie ein Netz, das die GitLab-API erreicht. Testen Sie dann noch einmal.',
  'token.token_unknown':
    'GitLab kennt dieses Token nicht. Prüfen Sie, ob Sie es ganz kopiert haben, ob es von diesem GitLab ist, und ob es ein persönliches, Projekt- oder Gruppen-Zugriffstoken ist.',
  'token.token_expired': 'GitLab meldet dieses Token als abgelaufen. Erzeugen Sie ein neues.',
  'token.token_revoked': 'GitLab meldet dieses Token als widerrufen. Erzeugen Sie ein neues.',
  'token.impersonation_disabled':
    'Das ist ein Impersonation-Token, und dieses GitLab erlaubt keine Impersonation. Verwenden Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.dpop_required':
    'Der Besitzer dieses Tokens verlangt einen Besitznachweis (DPoP), den Torque nicht unterstützt. Verwenden Sie ein Projekt- oder Gruppen-Zugriffstoken, oder schalten Sie die Anforderung in GitLab aus.',
  'token.forbidden': 'GitLab hat dieses Token abgelehnt. GitLab sagt: {answer}',
  'token.insufficient_scope':
    'Dieses Token kann seine eigenen Angaben nicht lesen. Testen Sie es mit einem Repository.',
  'token.oauth_token':
    'Das ist ein OAuth-Zugriffstoken, das nach zwei Stunden abläuft. Verwenden Sie ein persönliches, Projekt- oder Gruppen-Zugriffstoken.',
  'token.endpoint_missing':
    'Dieser Server kann keine Tokens testen: GitLab ist älter als 15.5, die Basis-URL hat den falschen Pfad, oder es ist kein GitLab. Prüfen Sie die Basis-URL, und testen Sie dann das Token mit einem Repository.',
  'token.rate_limited':
    'GitLab hat zu viele Anfragen erhalten. Warten Sie eine Minute, und testen Sie dann noch einmal.',
  'token.server_error':
    'Bei GitLab oder einem Proxy davor ist ein Fehler aufgetreten (Status {status}). Testen Sie später noch einmal.',
  'token.redirected':
    'Der Server hat die Anfrage umgeleitet, und Tokens werden nie an eine Umleitung gesendet. Geben Sie die URL ein, unter der GitLab direkt antwortet (https statt http, der richtige Host), oder melden Sie sich zuerst an. Testen Sie dann noch einmal.',
  'token.unexpected_status':
    'GitLab hat mit dem unerwarteten Status {status} geantwortet. Prüfen Sie die Basis-URL, und testen Sie dann noch einmal.',
  'token.no_base_url':
    'Das Token wurde nicht getestet, weil es keine bestätigte Basis-URL gibt, an die es gesendet werden darf. Bestätigen Sie die GitLab-Basis-URL, um es zu testen.',
  'token.http_not_asked':
    'Das Token wurde nicht getestet, weil http:// es unverschlüsselt senden würde. Verwenden Sie https://, oder erlauben Sie http://.',
  'token.not_reached':
    'Das Token wurde nicht getestet, weil GitLab von hier aus nicht erreichbar war. Die Ursache kann ein privates Netz, ein Zertifikat, eine Anmeldeseite oder eine Regel der einbettenden Seite sein. Öffnen Sie die GitLab-Basis-URL in diesem Browser, und testen Sie dann noch einmal. Ein Torque-Agent erreicht GitLab vielleicht trotzdem.',

  'gitlab.project_not_found':
    'GitLab hat kein solches Projekt gefunden. Vielleicht hat es einen neuen Namen, oder dieses Token sieht es nicht. Öffnen Sie die URL des Repositorys im Browser. Zeigt GitLab eine andere URL, geben Sie diese ein. Wenn nicht, prüfen Sie die Rechte des Token-Besitzers.',
  'gitlab.code_not_readable':
    'Dieses Token sieht das Projekt, aber nicht seinen Code. Sein Besitzer braucht dort mindestens die Rolle Reporter. Ein Gast kann privaten Code nicht lesen.',
  'gitlab.insufficient_scope':
    'Die Scopes dieses Tokens erlauben diese Anfrage nicht. GitLab akzeptiert: {accepted}. Verwenden Sie ein Token mit einem davon oder mit read_repository.',
  'gitlab.moved':
    'Das Projekt ist zum Pfad {path} umgezogen. Öffnen Sie es in GitLab und geben Sie seine neue URL ein.',
  'gitlab.path_case': 'GitLab schreibt diesen Pfad mit anderer Groß- und Kleinschreibung: {path}.',
  'gitlab.archived': 'Das Projekt ist archiviert. Torque kann es lesen, aber es ändert sich nicht mehr.',
  'gitlab.marked_for_deletion':
    'Dieses Projekt ist in GitLab zur Löschung vorgemerkt (Datum der Vormerkung: {date}). Sobald GitLab es löscht, verliert Torque das Repository. Stellen Sie das Projekt in GitLab wieder her, oder lassen Sie es weg.',
  'gitlab.empty_repository': 'Das Repository ist leer. Torque findet darin noch keine Assets.',
  'gitlab.repository_disabled':
    'Das Repository ist in den Einstellungen des Projekts ausgeschaltet, Torque kann es nicht klonen. Schalten Sie es in GitLab ein.',
  'gitlab.branch_not_found':
    'Das Projekt hat keinen Branch „{branch}“. Korrigieren Sie den Namen, oder lassen Sie ihn leer: Dann gilt der Standard-Branch.',
  'gitlab.branch_not_allowed': 'Git erlaubt diesen Namen nicht für einen Branch: {rule}.',
  'gitlab.http_not_allowed':
    'Das Token wurde nicht gesendet, weil http:// es unverschlüsselt senden würde. Verwenden Sie https://, oder erlauben Sie http://.',
  'gitlab.unauthorized': 'GitLab hat dieses Token abgelehnt (401). Testen Sie zuerst das Token.',
  'gitlab.forbidden': 'GitLab hat die Anfrage abgelehnt. GitLab sagt: {answer}',
  'gitlab.endpoint_missing':
    'Dieser Server kennt die Anfrage nicht: Die Basis-URL hat den falschen Pfad, ein Proxy verändert kodierte Schrägstriche, oder es ist kein GitLab. Prüfen Sie die Basis-URL, und testen Sie dann noch einmal.',
  'gitlab.encoded_slashes':
    'Ein Proxy vor GitLab gibt die kodierten Schrägstriche (%2F) im Pfad eines Projekts nicht weiter (Antwort: {status}). Das Projekt wurde stattdessen über die Liste der Projekte gefunden. Andere Programme, die die GitLab-API verwenden, können scheitern. Apache: Setzen Sie AllowEncodedSlashes NoDecode, und ergänzen Sie ProxyPass um nocanon. nginx: Schreiben Sie proxy_pass ohne Pfad. Tomcat: Setzen Sie am Connector encodedSolidusHandling="passthrough". Traefik: Setzen Sie allowEncodedSlash.',
  'gitlab.rate_limited':
    'GitLab hat zu viele Anfragen erhalten. Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
  'gitlab.server_error':
    'Bei GitLab oder einem Proxy davor ist ein Fehler aufgetreten (Status {status}). Versuchen Sie es später noch einmal.',
  'gitlab.redirected':
    'Der Server hat die Anfrage umgeleitet, und Tokens werden nie an eine Umleitung gesendet. Das Projekt ist umgezogen, eine Anmeldeseite steht vor GitLab, oder GitLab antwortet unter einer anderen Basis-URL direkt. Öffnen Sie das Repository in GitLab, vergleichen Sie seine URL, und testen Sie dann noch einmal.',
  'gitlab.not_gitlab_json':
    'Diese Antwort kommt nicht von der GitLab-API. Vielleicht steht eine Anmeldeseite oder ein Proxy davor, oder es ist kein GitLab. Prüfen Sie die Basis-URL, melden Sie sich an, oder verwenden Sie ein Netz, das die GitLab-API erreicht. Testen Sie dann noch einmal.',
  'gitlab.unexpected_status':
    'GitLab hat mit dem unerwarteten Status {status} geantwortet. Prüfen Sie die Basis-URL, und testen Sie dann noch einmal.',
  'gitlab.next_page_unreadable':
    'Es gibt weitere Projekte, aber der Link-Header des Servers sagt nicht, wo sie beginnen. Suchen Sie das Projekt nach seinem Namen, oder geben Sie die URL des Repositorys ein.',
  'gitlab.next_page_repeated':
    'Die nächste Seite der Liste führt zu schon aufgeführten Projekten zurück. Vielleicht entfernt ein Proxy oder Cache vor GitLab die Position der Seite. Suchen Sie das Projekt nach seinem Namen, oder geben Sie die URL des Repositorys ein.',
  'gitlab.projects_left_out': 'Weggelassene Projekte, weil die Antwort von GitLab über sie nicht lesbar war: {count}.',
  'gitlab.not_reached':
    'Das Projekt wurde nicht nachgeschlagen, weil GitLab von hier aus nicht erreichbar war. Ein Torque-Agent erreicht GitLab vielleicht trotzdem.',

  'name.empty': 'Geben Sie einen Namen ein.',
  'name.dot_segment':
    'Ein Name darf nicht „.“ oder „..“ sein und keines davon zwischen Schrägstrichen haben: In einem Pfad bedeuten sie einen Ordner. Wählen Sie einen anderen Namen.',
  'name.control_character':
    'Der Name enthält ein unsichtbares Zeichen (Position {position}). Tippen Sie den Namen noch einmal.',
  'name.too_long': 'Der Name ist zu lang. Er darf {maximum} Zeichen haben.',
  'name.is_token':
    'Das ist ein Zugriffstoken, und Namen kann jeder im Space lesen. Geben Sie einen Namen ein, und fügen Sie das Token in sein eigenes Feld ein.',

  'torque.token_empty': 'Fügen Sie das Torque-API-Token ein. Lassen Sie es nur weg, wenn Ihr Portal es hinzufügt.',
  'torque.token_bad_character':
    'Das ist kein Torque-API-Token: Es enthält ein Leerzeichen, ein Anführungszeichen oder ein anderes Zeichen, das kein Token hat. Kopieren Sie es noch einmal, ohne „Bearer“ und ohne Anführungszeichen.',
  'torque.token_is_placeholder':
    'Das ist eine Variable, ein Platzhalter oder ein verdecktes Token. Fügen Sie das Torque-API-Token selbst ein.',
  'torque.token_is_gitlab':
    'Das ist ein GitLab-Zugriffstoken. Erzeugen Sie ein Torque-API-Token in Ihrem Torque-Profil.',
  'torque.provider_type': 'Der Typ für ein selbst betriebenes GitLab ist gitLabEnterprise. Verwenden Sie diesen Typ.',
  'torque.credential_must_exist':
    'Ohne Token verwendet Torque die gespeicherten Zugangsdaten dieses Namens. Vergewissern Sie sich, dass es sie im Space gibt.',
  'torque.unauthorized': `Torque hat kein gültiges API-Token erhalten (401). Geben Sie eines aus Ihrem Torque-Profil ein, oder prüfen Sie, ob Ihr Portal es hinzufügt. ${torqueSays}`,
  'torque.proxy_forbidden': 'Dieses Portal hat die Anfrage abgelehnt, nicht Torque. Es meldet: {answer}',
  'torque.provider_forbidden': `Dieses Torque-API-Token darf keinen Repository-Provider anlegen (403). Verwenden Sie das Token eines Torque-Administrators, oder geben Sie jedem Repository ein eigenes GitLab-Token. ${torqueSays}`,
  'torque.space_forbidden': `Dieses Torque-API-Token darf die Repositorys dieses Space nicht verwalten (403). Verwenden Sie das Token eines Space-Administrators. ${torqueSays}`,
  'torque.not_found': `Keine Torque-API unter dieser URL (404). Prüfen Sie die Torque-URL. ${torqueSays}`,
  'torque.space_not_found': `Torque hat keinen solchen Space gefunden (404). Prüfen Sie seinen Namen, auch die Groß- und Kleinschreibung. ${torqueSays}`,
  'torque.provider_exists': `Torque hat schon einen Provider mit diesem Namen (409). Verwenden Sie ihn, oder wählen Sie einen anderen Namen. ${torqueSays}`,
  'torque.repository_exists': `Torque hat dieses Repository schon oder ein anderes mit diesem Namen (409). Prüfen Sie die Repositorys des Space. ${torqueSays}`,
  'torque.refused': `Torque hat die Anfrage abgelehnt ({status}). ${torqueSays}`,
  'torque.rate_limited':
    'Torque hat zu viele Anfragen erhalten (429). Warten Sie eine Minute, und versuchen Sie es dann noch einmal.',
  'torque.server_error': `Bei Torque oder einem Proxy davor ist ein Fehler aufgetreten ({status}). Die Anfrage kann trotzdem ausgeführt sein: Sehen Sie in Torque nach, bevor Sie es noch einmal versuchen. ${torqueSays}`,
  'torque.redirected':
    'Der Server hat die Anfrage umgeleitet, und Tokens werden nie an eine Umleitung gesendet. Geben Sie die URL ein, unter der Torque direkt antwortet, oder melden Sie sich zuerst an.',
  'torque.not_torque':
    'Diese Antwort ist eine Webseite und kommt nicht von der Torque-API. Eine Anmeldeseite oder ein Proxy steht davor, oder die Torque-URL ist falsch. Prüfen Sie die Torque-URL, oder melden Sie sich zuerst an.',
  'torque.unreadable_answer': 'Die Antwort von Torque ({status}) war nicht lesbar. Prüfen Sie die Torque-URL.',
  'torque.unexpected_status': 'Torque hat mit dem unerwarteten Status {status} geantwortet. Prüfen Sie die Torque-URL.',
  'torque.not_connected':
    'Es besteht keine Verbindung zu Torque, also wurde diese Anfrage nicht gesendet. Prüfen Sie die Torque-URL, das Netzwerk und ob dieser Rechner dem Zertifikat des Servers vertraut.',
  'torque.unreachable':
    'Von Torque kam keine Antwort. Es ist von hier aus nicht erreichbar, die Antwort ging verloren, oder der Browser lässt diese Seite nicht anfragen (CORS). Bei CORS betten Sie die Seite unter der Torque-URL ein oder verwenden den Proxy Ihres Portals.',
  'torque.provider_unknown':
    'Torque hat den Provider vielleicht angelegt: Die Antwort ging verloren, und die Anfrage wird nie wiederholt. Sehen Sie bei den Repository-Providern in Torque nach, und geben Sie hier an, ob es ihn gibt.',
  'torque.repository_unknown':
    'Torque hat dieses Repository vielleicht verbunden: Die Antwort ging verloren. Sehen Sie bei den Repositorys des Space nach, bevor Sie es noch einmal verbinden.',
  'torque.name_taken':
    'Der Space hat schon ein anderes Repository mit dem Namen „{name}“. Wählen Sie einen anderen Namen.',
  'torque.url_taken':
    'Der Space hat dieses Repository schon, mit dem Namen „{name}“. Torque hat es deshalb nicht noch einmal verbunden (409). Verwenden Sie dieses, oder trennen Sie es zuerst in Torque.',
  'torque.sync_failed': `Torque hat das Repository angenommen, kann es aber nicht lesen (Status: {status}). Vergewissern Sie sich, dass ein Agent den GitLab-Server erreicht und das Token das Repository lesen darf. ${torqueSays}`,
  'torque.sync_timeout': 'Torque gleicht dieses Repository noch ab ({status}). Prüfen Sie den Space später.',
  'torque.already_connected': 'Schon verbunden. Nichts wurde geändert.',
  'torque.listed_after_refusal':
    'Torque hat dieses Repository abgelehnt, aber der Space führt es jetzt auf. Vergleichen Sie Branch, Zugangsdaten und Agenten in Torque mit Ihren.',
  'torque.not_watched':
    'Torque hat das Repository angenommen, aber die Liste des Space ist nicht lesbar. Sein Status ist unklar. Sehen Sie bei den Repositorys des Space nach.',

  'plan.no_repositories':
    'Geben Sie mindestens ein Repository ein. Nur ein neuer Provider lässt sich ohne eines anlegen.',
  'plan.too_many_repositories':
    'Das sind mehr als {maximum} Repositorys. Verbinden Sie die ersten {maximum}, dann die übrigen.',
  'plan.duplicate_name':
    'Repository {first} dieser Liste hat denselben Namen. In einem Space ist ein Name einmalig: Wählen Sie einen anderen.',
  'plan.duplicate_repository':
    'Repository {first} dieser Liste hat dieselbe URL. Dieses wird unter anderem Namen noch einmal verbunden. Entfernen Sie es, wenn Sie das nicht möchten.',
  'plan.token_missing': 'Geben Sie das GitLab-Zugriffstoken ein.',
  'plan.repository_token_missing':
    'Ohne Provider braucht jedes Repository ein eigenes Token oder den Namen von Zugangsdaten, die im Space gespeichert sind.',
  'plan.out_of_range': 'Geben Sie eine Zahl von {minimum} bis {maximum} ein.',
  'plan.not_started': 'Nicht begonnen. Ein früherer Schritt hat den Vorgang beendet.',
  'plan.aborted': 'Nicht erledigt. Der Vorgang wurde vorher angehalten.',
  'plan.aborted_while_syncing':
    'Torque hat das Repository angenommen, aber der Vorgang wurde angehalten, bevor es verbunden war. Setzen Sie ihn fort, um den Status zu sehen.',
  'plan.out_of_time':
    'Die Zeit für den Vorgang war vor diesem Schritt um. Verbinden Sie die übrigen Repositorys noch einmal.',
  'plan.interrupted': 'Der Vorgang wurde unterbrochen, nachdem dies gesendet war. Ob es angekommen ist, ist unklar.',
  'plan.stopped_unknown':
    'GitLab konnte dies nicht bestätigen, deshalb wurde der Vorgang angehalten. Lesen Sie die Hinweise, oder fahren Sie ohne diesen Test fort.',

  'checkpoint.unreadable':
    'Dieser unfertige Vorgang ist nicht von dieser Version. Beginnen Sie ohne ihn neu: Was verbunden ist, bleibt verbunden.',
  'checkpoint.other_plan':
    'Ein unfertiger Vorgang mit anderen Eingaben hat den Provider vielleicht angelegt: Die Antwort ging verloren. Sehen Sie bei den Repository-Providern in Torque nach, und geben Sie hier an, ob es einen Provider für diese GitLab-Basis-URL gibt.',

  'lines.no_header':
    'Zeile {line} ist nicht eine einzelne URL. Geben Sie in jeder Zeile eine URL ein, oder beginnen Sie mit einer Kopfzeile, die die Spalten nennt: url und bei Bedarf name, branch, token, credentialName, agents, autoRegister.',
  'lines.unknown_column':
    'Spalte {column} hat einen unbekannten Namen. Verwenden Sie url, name, branch, token, credentialName, agents, autoRegister oder die Namen im Payload von Torque.',
  'lines.unused_column':
    'Spalte {column} wird nicht verwendet: Ihr Wert gilt für alle Repositorys. Geben Sie ihn einmal ein, außerhalb der Liste.',
  'lines.duplicate_column': 'Spalte {column} wiederholt einen Namen. Benennen Sie sie um, oder entfernen Sie sie.',
  'lines.too_many_cells':
    'Zeile {line}, Spalte {column}: Die Kopfzeile hat für diese Zelle keinen Namen. Enthält eine Zelle ein Komma, setzen Sie sie in Anführungszeichen.',
  'lines.quote':
    'Zeile {line}, Spalte {column}: Ein Anführungszeichen fehlt oder steht falsch. Setzen Sie die ganze Zelle in Anführungszeichen, und schreiben Sie jedes darin doppelt.',

  'export.not_expressible': 'Dieser Export unterstützt dies nicht: {what}.',
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
    'Geben Sie die URL eines Repositorys ein, zum Beispiel https://gitlab.example.com/group/project.',
};
