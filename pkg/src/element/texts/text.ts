/** What a text is. */

/** One text for each plural form of the language, as `Intl.PluralRules` names them. */
export type PluralForms = { readonly [Rule in Exclude<Intl.LDMLPluralRule, 'other'>]?: string } & {
  /** The form that every language has. */
  readonly other: string;
};

/** A text, or one for each plural form. */
export type Text = string | PluralForms;
