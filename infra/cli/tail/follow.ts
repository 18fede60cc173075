import type { Connection } from '../connection.js';
import { DepartmentUnavailable } from '../problem.js';
import { mergeByCause } from '../replay/merge-by-cause.js';
import type { CaseEvent } from '../replay/recorded-event.js';

const PAGE = 200;

interface LogPage { readonly items: readonly CaseEvent[]; readonly head: number }

export interface FollowObserver {
  events(events: readonly CaseEvent[]): void;
  /** A department stopped answering, or answers again; its events come later and none is lost. */
  away(department: string): void;
  back(department: string): void;
}

/** Reads several logs forward, each from its own position. */
export class LogFollower {
  private readonly next: Record<string, number> = {};
  private readonly absent = new Set<string>();

  constructor(private readonly connection: Pick<Connection, 'get'>, private readonly observer: FollowObserver) {}

  get position(): Readonly<Record<string, number>> {
    return { ...this.next };
  }

  async startAt(department: string, index: number | 'end'): Promise<void> {
    this.next[department] = index === 'end' ? (await this.connection.get<LogPage>(`/${department}/log?from=0&limit=0`)).head : index;
  }

  /** Reads one page of every log. @returns whether anything was new */
  async step(): Promise<boolean> {
    const pages = await Promise.all(Object.keys(this.next).map((department) => this.page(department)));
    const events = mergeByCause(pages);
    if (events.length > 0) this.observer.events(events);
    return events.length > 0;
  }

  private async page(department: string): Promise<readonly CaseEvent[]> {
    try {
      const { items } = await this.connection.get<LogPage>(`/${department}/log?from=${this.next[department]}&limit=${PAGE}`);
      if (this.absent.delete(department)) this.observer.back(department);
      const last = items.at(-1);
      if (last) this.next[department] = last.index + 1;
      return items;
    } catch (error) {
      if (!(error instanceof DepartmentUnavailable)) throw error;
      if (!this.absent.has(department)) this.observer.away(department);
      this.absent.add(department);
      return [];
    }
  }
}
