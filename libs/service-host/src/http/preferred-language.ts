/** True when `Accept-Language` puts Chinese before English; equal weights go to the one named first. */
export function prefersChinese(acceptLanguage: string | undefined): boolean {
  const weights = { zh: 0, en: 0 };
  // Real headers are short; a hostile one of 16 kB is judged by its beginning.
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const match = /^\s*(zh|en)(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i.exec(part);
    if (!match) continue;
    const language = (match[1] as string).toLowerCase() as 'zh' | 'en';
    const position = weights.zh + weights.en === 0 ? 1e-6 : 0;
    weights[language] = Math.max(weights[language], Number(match[2] ?? 1) && Number(match[2] ?? 1) + position);
  }
  return weights.zh > weights.en;
}
