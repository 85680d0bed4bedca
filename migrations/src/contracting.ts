/** A statement that the version before could not live with, and what to do instead. */
export interface Contracting {
  statement: string;
  instead: string;
}

/** First match decides. Servers of the version before run on while, and after, a migration is made. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\bDROP\s+(TABLE|VIEW|COLUMN|FUNCTION|TYPE|SCHEMA|SEQUENCE)\b/i, 'Leave it until no server that knows it runs.'],
  [/\bALTER\s+TABLE\s+\S+\s+DROP\s+(?!CONSTRAINT\b)(IF\s|"?\w)/i, 'Leave the column until no server that knows it runs.'],
  [/\bRENAME\b/i, 'Add the new name, write both, and drop the old one a version later.'],
  [/\bALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b/i, 'Add another column, and fill it.'],
  [/\bALTER\s+(COLUMN\s+)?\S+\s+SET\s+NOT\s+NULL\b/i, 'Give a default first; the version before inserts without it.'],
  [/\bALTER\s+(COLUMN\s+)?\S+\s+DROP\s+DEFAULT\b/i, 'Leave the default: the version before inserts without the column.'],
  [
    /\bADD\s+(COLUMN\s+)?(?!CONSTRAINT\b)(IF\s+NOT\s+EXISTS\s+)?"?\w+"?\s+(?![^,;]*\b(DEFAULT|GENERATED)\b)[^,;]*\bNOT\s+NULL\b/i,
    'Add it with a default, or let it be null.',
  ],
  [
    /\bADD\s+(CONSTRAINT\s+\S+\s+)?(CHECK|UNIQUE|EXCLUDE|FOREIGN\s+KEY)\b/i,
    'Add it a version later, when every server writes what it asks.',
  ],
  [/\b(TRUNCATE|DELETE\s+FROM)\b/i, 'Leave rows to the servers, or to a later version.'],
  [/\bREVOKE\b/i, 'Take rights away when no server that uses them runs.'],
];

/** What is read past: text in quotes, bodies of functions, comments. */
const PAST = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;

/** The statements of a migration that belong into its contract phase. Tables that it makes itself have no users yet. */
export function contractingStatements(sql: string): Contracting[] {
  const plain = sql.replaceAll(PAST, (past) => (past.startsWith("'") ? "''" : ' '));
  const own = [...plain.matchAll(/\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)"?/gi)].map(([, name]) => name!);
  return plain
    .split(';')
    .map((statement) => statement.trim().replaceAll(/\s+/g, ' '))
    .filter((statement) => !/^CREATE (UNLOGGED )?TABLE\b/i.test(statement))
    .filter((statement) => !own.some((name) => new RegExp(`^ALTER TABLE (ONLY )?"?${name}"?\\s`, 'i').test(statement)))
    .flatMap((statement) => {
      const rule = RULES.find(([pattern]) => pattern.test(statement));
      return rule ? [{ statement, instead: rule[1] }] : [];
    });
}
