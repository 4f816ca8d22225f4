import { useLayoutEffect } from 'react';
import { useSession } from '../stores/session-store';

/** Puts the chosen theme on the page. Gives what messages are drawn in, which know no grey room. */
export function useTheme(): 'system' | 'dark' | 'light' {
  const theme = useSession((state) => state.settings.theme);
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
  return theme === 'grey' ? 'dark' : theme;
}
