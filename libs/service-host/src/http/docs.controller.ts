import { Controller, Get, Header, Inject, Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Public } from 'aftercare/access';
import { docsPage } from './docs-page.js';
import type { OpenApiDocument } from './openapi.js';

/** Makes the document when it is first asked for and keeps it: routes do not change while a process runs. */
@Injectable()
export class ApiDocument {
  private describe: (() => Promise<OpenApiDocument>) | null = null;
  private made: Promise<OpenApiDocument> | null = null;

  of(app: NestFastifyApplication, name: string): void {
    this.describe = async () => (await import('./openapi.js')).openApiDocument(app, name);
  }

  get(): Promise<OpenApiDocument> {
    if (!this.describe) throw new Error('The API document was asked for before the application was made');
    this.made ??= this.describe();
    return this.made;
  }
}

/** What this service offers, for programs and for people. */
@Controller()
export class DocsController {
  constructor(@Inject(ApiDocument) private readonly document: ApiDocument) {}

  @Get('openapi.json')
  @Public()
  openApi(): Promise<OpenApiDocument> {
    return this.document.get();
  }

  @Get('docs')
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  async docs(): Promise<string> {
    return docsPage(await this.document.get());
  }
}
