import type { Words } from '../words';

export const guide: Words['guide'] = {
  title: 'Erste Schritte',
  leave: 'Erste Schritte verlassen',
  progress: (done, all) => `${done} von ${all} erledigt`,
  done: 'erledigt',
  steps: {
    run: {
      title: 'Ausführen',
      text: 'Die Sandbox zeichnet ein Platzhalterbild: kostenlos, offline, in einer Sekunde.',
      action: 'Ausführen',
    },
    change: {
      title: 'Ein Wort ändern, noch einmal ausführen',
      text: 'Nur das Geänderte wird neu gemacht. Alles andere ist schon da und kostet nichts.',
      action: 'Zum Prompt',
    },
    route: {
      title: 'Wählen, wo es läuft',
      text: 'Jeder Modellknoten hat eine Route: einen Dienst oder die eigene GPU. Preise und Grenzen stehen nebeneinander.',
      action: 'Routen vergleichen',
    },
    key: {
      title: 'Einen Schlüssel setzen',
      text: 'Ein Dienst verlangt den eigenen Schlüssel. Er wird verschlüsselt aufbewahrt und steht in keiner Datei, die man weitergibt.',
      action: 'Schlüssel öffnen',
    },
  },
  end: 'Mehr braucht es nicht. Der Preis steht auf dem Knopf, bevor er gedrückt wird.',
  close: 'Schließen',
  command: 'Erste Schritte',
};
