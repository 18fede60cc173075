import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Lets a reaction's own exception through. Nest's default filter replaces it by "Internal server error", which
 * would then be all that the quarantine knows about the cause, and prints it, although it may quote personal texts.
 */
@Catch()
export class KeepReason implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
