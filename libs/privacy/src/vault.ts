/**
 * Keys of data subjects, apart from the logs. Destroying a key is how a person is erased while every proof stays
 * valid; that flow builds on this port.
 */
export interface SubjectKeyVault {
  /** Key for sealing; made durable before it is returned. 32 bytes. */
  keyFor(subject: string): Promise<SubjectKey>;
  /** Key for opening; null when it was never made or has been destroyed. */
  findKey(subject: string, version: number): Promise<Uint8Array | null>;
  close(): void;
}

export interface SubjectKey {
  readonly version: number;
  readonly key: Uint8Array;
}
