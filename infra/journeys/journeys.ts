import { openTheBooks } from './company.js';
import { Desk, type DeskOptions } from './desk.js';
import { STORIES, type Ending, type Story } from './stories/index.js';

export interface Told {
  readonly story: string;
  readonly ending: Ending;
  readonly seconds: number;
}

/** Fills the books and tells every story `times` times, at most `atOnce` side by side. @throws StoryBroken */
export async function tellStories(
  options: Omit<DeskOptions, 'prefix'>, times: number, atOnce: number, told: (one: Told) => void = () => undefined,
): Promise<Told[]> {
  await openTheBooks(new Desk({ ...options, prefix: 'books' }));
  const waiting: { story: Story; id: string }[] = [];
  for (let round = 1; round <= times; round += 1) {
    for (const [place, story] of STORIES.entries()) waiting.push({ story, id: `${round}-${place + 1}` });
  }
  const results: Told[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const began = Date.now();
      const ending = await next.story.tell(new Desk({ ...options, prefix: `story-${next.id}` }), next.id);
      const one = { story: next.story.name, ending, seconds: (Date.now() - began) / 1000 };
      results.push(one);
      told(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
