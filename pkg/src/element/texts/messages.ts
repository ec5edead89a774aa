/** The texts of the form in the language that is shown: by key, by count, by the code of an issue; `{name}` is a place for a value. */

import type { Issue, IssueCode } from '../../index.js';
import { english, inForm } from './en.js';
import type { Text } from './text.js';

export type { PluralForms, Text } from './text.js';
export { english };

/** The key of a text. */
export type MessageKey = keyof typeof english;

/** The keys of texts that count something. */
type CountedKey = { [Key in MessageKey]: (typeof english)[Key] extends string ? never : Key }[MessageKey];

/** The keys that exist with this ending too. */
export type Stem<Key extends string, End extends string> = Key extends `${infer Front}${End}`
  ? Extract<Front, MessageKey>
  : never;

/** Texts to use in place of the English ones: by key for the element's own, by code for those of issues. */
export type Messages = { readonly [Key in MessageKey | IssueCode]?: Text };

/** Values for a text's places. */
export type Places = Readonly<Record<string, string | number>>;

/** The texts that are in use. */
export class Texts {
  /** Of the texts, for `dir`. */
  readonly direction: 'ltr' | 'rtl';
  readonly #plurals: Intl.PluralRules;

  constructor(
    /** Of the texts, for `lang`. */
    readonly language = 'en',
    private readonly replaced: Messages = {},
  ) {
    this.direction = rightToLeft.test(language) ? 'rtl' : 'ltr';
    this.#plurals = pluralsOf(language);
  }

  /** The text of this key, its places filled. */
  of(key: MessageKey, places: Places = {}): string {
    return fill(this.#text(key, 'other'), places);
  }

  /** The text of this key for so many. */
  count(key: CountedKey, count: number, places: Places = {}): string {
    return fill(this.#text(key, this.#plurals.select(count)), { ...places, count });
  }

  /** The text of an issue: the one of its code here, else the package's own. */
  issue({ code, message, params }: Issue): string {
    const inForms: Messages = inForm;
    const text = this.replaced[code] ?? inForms[code];
    return text === undefined ? message : fill(formOf(text, 'other'), params ?? {});
  }

  #text(key: MessageKey, rule: Intl.LDMLPluralRule): string {
    return formOf(this.replaced[key] ?? english[key], rule);
  }
}

function formOf(text: Text, rule: Intl.LDMLPluralRule): string {
  return typeof text === 'string' ? text : (text[rule] ?? text.other);
}

/** By language or script, because few browsers have this in `Intl.Locale` yet. */
const rightToLeft =
  /^(ar|arc|ckb|dv|fa|he|iw|nqo|ps|sd|syr|ug|ur|yi)(-(?!latn)|$)|-(arab|hebr|thaa|syrc|nkoo|rohg|adlm)\b/i;

function pluralsOf(language: string): Intl.PluralRules {
  try {
    return new Intl.PluralRules(language);
  } catch {
    // A page may have anything in `lang`.
    return new Intl.PluralRules('en');
  }
}

function fill(text: string, places: Places): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));
}

/** Why no answer came. */
export function networkText(failure: 'network' | 'timeout'): MessageKey {
  if (failure === 'timeout') return 'network.timeout';
  return navigator.onLine ? 'network.failed' : 'network.offline';
}
