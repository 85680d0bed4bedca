import { Injectable } from '@nestjs/common';
import { findChromium, printPdf, typesetPdf, type Stamp } from '@paddock/capture';
import { Runtime } from '../../http/runtime.js';
import type { CapturedPage } from './page-capture.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** The dated PDF of a snapshot: printed by Chromium from the stored bytes where there is one, else typeset from the text. */
@Injectable()
export class SnapshotPrinting {
  private readonly chromium: string | undefined;
  /** A browser without its sandbox is kept from strangers' pages, but for a developer's own machine. */
  private readonly allowNoSandbox: boolean;

  constructor(private readonly runtime: Runtime) {
    const { PADDOCK_CHROMIUM: chromium } = runtime.config;
    this.chromium = chromium === 'none' ? undefined : findChromium(chromium);
    this.allowNoSandbox = LOOPBACK.has(runtime.config.PADDOCK_HOST);
  }

  async print(page: NonNullable<CapturedPage['page']>, stamp: Stamp): Promise<{ maker: string; bytes: Buffer }> {
    if (this.chromium && page.mediaType.includes('html')) {
      try {
        const { executable, allowNoSandbox } = { executable: this.chromium, allowNoSandbox: this.allowNoSandbox };
        return { maker: 'chromium', bytes: await printPdf(page.bytes, page.mediaType, stamp, { executable, allowNoSandbox }) };
      } catch (error) {
        // The snapshot is the evidence; that its picture is plainer must not lose it.
        this.runtime.logger.warn({ printing: stamp.sourceUrl, error });
      }
    }
    return { maker: 'pdfkit', bytes: await typesetPdf(page.text.text, stamp) };
  }
}
