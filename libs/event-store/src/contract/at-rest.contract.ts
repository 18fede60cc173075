import { anAppend, anEvent } from './builders.js';
import { TAMPERINGS, type Current, type Engine, type It } from './place.js';

/** Recorded events are guarded by the engine's own rights and triggers, not only by the code in front of it. */
export function atRestContract(it: It, current: Current, engine: Engine): void {
  const everything = async (): Promise<readonly string[]> =>
    (await current.store.readLog(0, 99)).map(({ index, bytes }) => `${index} ${Buffer.from(bytes).toString('utf8')}`);

  if (!engine.durable) return;
  for (const tampering of TAMPERINGS) {
    if (engine.cannot?.[tampering]) continue;
    it(`given recorded events, when somebody with the rights of the store tries to ${tampering}, then the engine refuses and the log is as before`, async () => {
      await current.store.append(anAppend({ stream: 'a-1', events: [anEvent(), anEvent()] }));
      await current.store.append(anAppend({ stream: 'b-1', events: [anEvent(), anEvent()] }));
      const before = await everything();
      const attempt = current.place.tamper?.[tampering];
      if (!attempt) throw new Error(`Place.tamper.${tampering} is missing; say in Engine.cannot.${tampering} why it cannot be shown`);
      await expect(attempt()).rejects.toThrow(Error);
      expect(await everything()).toEqual(before);
      expect(await current.store.append(anAppend({ stream: 'a-1', expectedVersion: 1 }))).toMatchObject({ outcome: 'appended', record: { firstIndex: 4 } });
      await current.reopen();
      expect((await everything()).slice(0, 4)).toEqual(before);
    });
  }
}
