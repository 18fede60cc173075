import { authorizationBlock } from './authorization.js';
import { replaceAuthorization } from './config.js';
import { ensureIdentities, identitiesFolder, replaceSeed } from './identities.js';
import { IDENTITIES } from './permissions.js';

/**
 * Gives one identity a new seed and tells the running server, which then ends the connection of the old one. The owner
 * reads the file again when it connects, so nothing is started anew and nothing is lost: the relay goes on from what
 * its stream holds. @returns the new public key
 */
export function rotateSeed(natsFolder: string, name: string, serverPid: number): string {
  const { publicKey } = replaceSeed(identitiesFolder(natsFolder), name);
  replaceAuthorization(natsFolder, authorizationBlock(ensureIdentities(identitiesFolder(natsFolder), IDENTITIES)));
  process.kill(serverPid, 'SIGHUP');
  return publicKey;
}
