import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';

/** Every answer that has a version says so in `ETag`, ready to be sent back as `If-Match`. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(tap((body: unknown) => {
      if (context.getType() !== 'http' || typeof body !== 'object' || body === null || !('version' in body)) return;
      void context.switchToHttp().getResponse<FastifyReply>().header('etag', `"${String(body.version)}"`);
    }));
  }
}
