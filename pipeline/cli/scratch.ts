/**
 * Where committed files are written before they are renamed to their place: on the project's own
 * disk, which need not be the store's.
 *
 * @module
 */
import { join } from "node:path";
import { Session, sweepSessions } from "../engine/session.ts";
import { ROOT } from "./project.ts";

async function open(path: string): Promise<Session> {
  await sweepSessions(path);
  return await Session.open(path);
}

/** A scratch folder that is made when it is first asked for. */
export class Scratch implements AsyncDisposable {
  #session: Promise<Session> | undefined;

  /** Path of the folder. */
  async folder(): Promise<string> {
    this.#session ??= open(join(ROOT, ".constat", "scratch"));
    return (await this.#session).folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    (await this.#session)?.close();
  }
}
