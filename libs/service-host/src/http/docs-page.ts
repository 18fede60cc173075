import { createHash } from 'node:crypto';
import type { OpenApiDocument } from './openapi.js';

const STYLE = `
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2330}
h1{font-size:1.5rem}h2{font-size:1rem;margin:2rem 0 .3rem}code{font:14px/1.4 ui-monospace,monospace}
.method{display:inline-block;min-width:4rem;font-weight:700;color:#0b6}.roles{color:#5a6478;font-size:.9rem;margin:0}
details{border-left:3px solid #dde3ee;padding-left:.8rem;margin:.3rem 0}pre{overflow:auto;background:#f5f7fb;padding:.6rem}`;

/** The one inline style the content security policy lets through. */
export const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** A page people can read, without any script: a signed-in browser has nothing to steal on it. */
export function docsPage(document: OpenApiDocument): string {
  const routes = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => `
<h2><span class="method">${escape(method.toUpperCase())}</span> <code>${escape(path)}</code></h2>
<p>${escape(textOf(operation['summary']))}</p><p class="roles">${escape(textOf(operation['description']) || 'public 公开')}</p>${bodyOf(document, operation)}`));
  return page(document.info.title, `<p><a href="openapi.json">openapi.json</a> · <a href="health/ready">health</a></p>${routes.join('')}`);
}

/** A page in the house style; `body` is trusted HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>${escape(title)}</title><style>${STYLE}</style></head><body><h1>${escape(title)}</h1>${body}</body></html>`;
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function textOf(member: unknown): string {
  return typeof member === 'string' ? member : '';
}

function bodyOf(document: OpenApiDocument, operation: Readonly<Record<string, unknown>>): string {
  const name = /#\/components\/schemas\/(\w+)/.exec(JSON.stringify(operation['requestBody'] ?? ''))?.[1];
  if (!name) return '';
  const schema = JSON.stringify(document.components?.schemas?.[name], null, 1);
  return `<details><summary>${escape(name)}</summary><pre>${escape(schema ?? '')}</pre></details>`;
}
