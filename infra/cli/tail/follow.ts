import { setTimeout as pause } from 'node:timers/promises';
import { DEPARTMENT_ANSWERS_WITHIN_MS, type Connection } from '../connection.js';
import { DepartmentUnavailable } from '../problem.js';
import { mergeByCause } from '../replay/merge-by-cause.js';
import type { CaseEvent } from '../replay/recorded-event.js';

const PAGE = 200;
/** What one that is away may cost every look at the others; its question goes on meanwhile. */
const ABSENT_WAITED_FOR_MS = 200;

interface LogPage { readonly items: readonly CaseEvent[]; readonly head: number }
/** The index to read next, or that the log is to be shown from the head it has at its first answer. */
type Place = number | 'end';

export interface FollowObserver {
  events(events: readonly CaseEvent[]): void;
  /** A department stopped answering, or answers again; its events come later and none is lost. */
  away(department: string): void;
  back(department: string): void;
}

/** Reads several logs forward, each from its own position; one that hangs holds none of the others up. */
export class LogFollower {
  private readonly next: Record<string, Place> = {};
  private readonly absent = new Set<string>();
  private readonly asked = new Map<string, Promise<LogPage | null>>();

  constructor(private readonly connection: Pick<Connection, 'get'>, private readonly observer: FollowObserver) {}

  /** Of the departments that have one: see `neverAnswered`. */
  get position(): Readonly<Record<string, number>> {
    return Object.fromEntries(Object.entries(this.next).filter((place): place is [string, number] => place[1] !== 'end'));
  }

  /** Followed from their end, which they have not told: a position that leaves them out would stop following them. */
  get neverAnswered(): readonly string[] {
    return Object.keys(this.next).filter((department) => this.next[department] === 'end');
  }

  get away(): readonly string[] {
    return [...this.absent];
  }

  /** All at once, so that several that hang take the time of one. */
  async startAt(places: Readonly<Record<string, Place>>): Promise<void> {
    Object.assign(this.next, places);
    await Promise.all(this.neverAnswered.map((department) => this.page(department)));
  }

  /**
   * Reads one page of every log; `again` of those too that are away, whose open question would keep a program waiting
   * that is about to end. @returns whether anything was new
   */
  async step({ again }: { readonly again: boolean }): Promise<boolean> {
    const asked = Object.keys(this.next).filter((department) => again || !this.absent.has(department));
    const pages = await Promise.all(asked.map((department) => this.page(department)));
    const events = mergeByCause(pages);
    if (events.length > 0) this.observer.events(events);
    return events.length > 0;
  }

  /**
   * Of one that is away nothing, unless it answers at once; a later answer is taken by a later step. Only what is taken
   * moves the position, so that it never passes events that were not shown.
   */
  private async page(department: string): Promise<readonly CaseEvent[]> {
    const asked = this.asked.get(department) ?? this.ask(department);
    this.asked.set(department, asked);
    const answer = await (this.absent.has(department) ? Promise.race([asked, pause(ABSENT_WAITED_FOR_MS, 'later' as const)]) : asked);
    if (answer === 'later') return [];
    this.asked.delete(department);
    return this.taken(department, answer);
  }

  private taken(department: string, answer: LogPage | null): readonly CaseEvent[] {
    if (answer === null) {
      if (!this.absent.has(department)) this.observer.away(department);
      this.absent.add(department);
      return [];
    }
    if (this.absent.delete(department)) this.observer.back(department);
    const last = answer.items.at(-1);
    if (last) this.next[department] = last.index + 1;
    else if (this.next[department] === 'end') this.next[department] = answer.head;
    return answer.items;
  }

  /** Null when the department is away or hangs. */
  private async ask(department: string): Promise<LogPage | null> {
    const place = this.next[department];
    try {
      return await this.connection.get<LogPage>(`/${department}/log?${place === 'end' ? 'from=0&limit=0' : `from=${place}&limit=${PAGE}`}`, DEPARTMENT_ANSWERS_WITHIN_MS);
    } catch (error) {
      if (error instanceof DepartmentUnavailable) return null;
      throw error;
    }
  }
}
