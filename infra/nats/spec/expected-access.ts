/**
 * Who may say and hear what, written a second time: by reading concrete subjects word by word, where the configuration
 * is written as lists of patterns. The two share no line, so that a slip in one of them shows.
 */
const HEARD_BY: Readonly<Record<string, readonly string[]>> = {
  billing: ['intake', 'billing'],
  intake: ['quality', 'logistics', 'billing', 'surveys'],
  logistics: ['intake', 'quality', 'logistics', 'billing'],
  quality: ['registry', 'intake', 'quality', 'logistics'],
  registry: ['quality', 'logistics', 'intake', 'billing', 'surveys'],
  surveys: ['intake'],
};
const DEPARTMENTS = Object.keys(HEARD_BY);
const hears = (listener: string, stream = ''): boolean => (HEARD_BY[stream.toLowerCase()] ?? []).includes(listener) && stream === stream.toUpperCase();
const owns = (who: string, stream = ''): boolean => DEPARTMENTS.includes(who) && stream === who.toUpperCase();

export function maySay(who: string, subject: string): boolean {
  const [first = '', ...rest] = subject.split('.');
  if (first === '$JS' && rest[0] === 'API') return mayAskJetStream(who, rest.slice(1));
  if (first === '$JS' && rest[0] === 'ACK') return rest[2] === who && hears(who, rest[1]) && rest.length > 3;
  if (rest[0] === 'events' && rest.length > 1) return first === who && DEPARTMENTS.includes(who);
  if (rest[0] === 'log' && rest[1] === 'answers') return first === who && DEPARTMENTS.includes(who) && rest.length > 2;
  if (subject === `${first}.log.range`) return (HEARD_BY[first] ?? []).includes(who);
  return false;
}

function mayAskJetStream(who: string, words: readonly string[]): boolean {
  const said = words.join(' ');
  const [area, verb, ...names] = words;
  const stream = names.at(-1) ?? '';
  const known = DEPARTMENTS.includes(stream.toLowerCase()) && stream === stream.toUpperCase();
  if (who === 'operator') {
    if (['INFO', 'STREAM NAMES', 'STREAM LIST'].includes(said)) return true;
    if (area === 'STREAM') return known && (verb === 'INFO' || (verb === 'MSG' && names[0] === 'GET' && names.length === 2));
    if (area !== 'CONSUMER') return false;
    if (verb === 'NAMES' || verb === 'LIST') return known && names.length === 1;
    return verb === 'INFO' && names.length === 2 && DEPARTMENTS.map((name) => name.toUpperCase()).includes(names[0] ?? '');
  }
  if (who === 'provisioner') {
    if (area === 'STREAM') return known && names.length === 1 && ['CREATE', 'UPDATE', 'INFO'].includes(verb ?? '');
    return area === 'CONSUMER' && ['CREATE', 'DELETE', 'INFO'].includes(verb ?? '') && names.length === 2 && hears(names[1] ?? '', names[0]);
  }
  if (area === 'STREAM') return owns(who, stream) && (((verb === 'INFO' || verb === 'DELETE') && names.length === 1) || (verb === 'MSG' && names[0] === 'GET'));
  if (area !== 'CONSUMER') return false;
  const [listened, listener] = verb === 'MSG' && names[0] === 'NEXT' ? names.slice(1) : names;
  return (verb === 'INFO' || verb === 'MSG') && names.length === (verb === 'MSG' ? 3 : 2) && listener === who && hears(who, listened);
}

export function mayHear(who: string, subject: string): boolean {
  const [first = '', second = '', ...rest] = subject.split('.');
  if (first === `_INBOX_${who}`) return second !== '' && second !== '*';
  if (second === 'log' && rest[0] === 'answers') return rest[1] === who && (HEARD_BY[first] ?? []).includes(who) && rest.length > 2;
  if (second === 'log') return first === who && DEPARTMENTS.includes(who) && rest.join() === 'range';
  // The operator's tap: one department after the other, never with a wildcard in the name.
  return who === 'operator' && DEPARTMENTS.includes(first) && second === 'events' && rest.length > 0;
}
