/** Where the supervisor says what happens: for people on the screen, for programs one line and nothing else on stdout. */
import type { AnnouncementView } from '../src/core/views';
import { announcementLine, noticeLine, type StartedSystem, startJson, startScreen } from './screen';

export interface Voice {
  started(system: StartedSystem): void;
  announcement(announcement: AnnouncementView): void;
  /** Something worth knowing that the page does not tell better. */
  notice(text: string): void;
}

export interface VoiceOptions {
  readonly isJson: boolean;
  readonly isStyled: boolean;
}

export function createVoice({ isJson, isStyled }: VoiceOptions): Voice {
  if (isJson) {
    return {
      started: (system) => console.log(startJson(system)),
      announcement: () => undefined,
      notice: (text) => console.error(text),
    };
  }
  return {
    started: (system) => console.log(startScreen(system, isStyled)),
    announcement: (announcement) => console.log(announcementLine(announcement)),
    notice: (text) => console.error(noticeLine(text)),
  };
}
