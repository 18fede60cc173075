import { dirname, posix } from 'node:path';

/**
 * Groups of files that import each other in a loop, also as types only: none of them can be read or moved without the
 * others. Each group sorted by name; Tarjan's strongly connected components over relative imports.
 * @param {{ file: string, imports: string[] }[]} files
 * @returns {string[][]}
 */
export function circlesIn(files) {
  const arrows = new Map(files.map(({ file, imports }) => [file, imports.filter((each) => each.startsWith('.')).map((each) => targetOf(file, each))]));
  const order = new Map();
  const lowest = new Map();
  const open = [];
  const circles = [];
  const visit = (file) => {
    const index = order.size;
    order.set(file, index);
    lowest.set(file, index);
    open.push(file);
    for (const next of arrows.get(file)) {
      if (!arrows.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file), lowest.get(next)));
    }
    if (lowest.get(file) !== index) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const file of arrows.keys()) if (!order.has(file)) visit(file);
  return circles;
}

function targetOf(file, imported) {
  return posix.normalize(posix.join(dirname(file), imported)).replace(/\.js$/, '.ts');
}
