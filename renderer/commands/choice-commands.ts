import { CheckCheck, ListChecks, ListX, Locate } from 'lucide-react';
import { words } from '../look/words';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { canGoOn, goOn, meantChoice, pickAll, pickNone, readyChoices, showChoice } from './choosing';
import { isSettled, type Command } from './command';

const meant = () => meantChoice(sessionStore.getState(), runStore.getState().plan);
const withMeant = (act: (id: string) => Promise<void> | void) => () => {
  const id = meant();
  return id === undefined ? undefined : act(id);
};

export const choiceCommands: readonly Command[] = [
  {
    id: 'choice.goOn',
    title: words.choice.commands.goOn,
    heading: words.commands.headings.run,
    icon: ListChecks,
    keys: ['Mod+Shift+O'],
    enabled: (state) => {
      const id = meantChoice(state.session, state.run.plan);
      return id !== undefined && isSettled(state) && canGoOn(id);
    },
    run: withMeant(goOn),
  },
  {
    id: 'choice.show',
    title: words.choice.commands.show,
    heading: words.commands.headings.run,
    icon: Locate,
    enabled: ({ run }) => readyChoices(run.plan).length > 0,
    run: showChoice,
  },
  {
    id: 'choice.all',
    title: words.choice.commands.all,
    heading: words.commands.headings.run,
    icon: CheckCheck,
    enabled: ({ session, run }) => meantChoice(session, run.plan) !== undefined,
    run: withMeant(pickAll),
  },
  {
    id: 'choice.none',
    title: words.choice.commands.none,
    heading: words.commands.headings.run,
    icon: ListX,
    enabled: ({ session, run }) => meantChoice(session, run.plan) !== undefined,
    run: withMeant(pickNone),
  },
];
