export { labelText, packAsData } from './as-data.js';
export { choose, inForceOn, keysLike, type Choice } from './choose.js';
export { companyView } from './company-view.js';
export { listed, type PolicyListed } from './pack-list.js';
export { packView, validityText, type Names } from './pack-view.js';
export { readPolicyFile } from './read-policy-file.js';
export { viewAsMarkdown, viewAsText } from './render.js';
export { shownWidth, wrap } from './text-table.js';
export { LANGUAGES, type Language, type PolicyView } from './view.js';
