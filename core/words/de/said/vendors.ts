import type { Sentences } from '../../sentences';

/** What every service can answer. */
export const vendors: Sentences = {
  '{name} took the request and could not make the picture. Run it again.':
    '{name} hat die Anfrage angenommen und konnte das Bild nicht machen. Noch einmal ausführen.',
  '{name} has not opened this model for your account. Open it at {console}, then run again.':
    '{name} hat dieses Modell für das Konto nicht freigeschaltet. Auf {console} freischalten, dann noch einmal ausführen.',
  'What your account may use of this model at {name} is used up. Raise it at {console}.':
    'Was das Konto von diesem Modell bei {name} nutzen darf, ist aufgebraucht. Auf {console} erhöhen.',
  'The safety check at {name} refused a picture that was sent. Take another one.':
    'Die Sicherheitsprüfung bei {name} hat ein gesendetes Bild abgelehnt. Ein anderes nehmen.',
  'The safety check at {name} held back the picture that was made. Change the words or the pictures.':
    'Die Sicherheitsprüfung bei {name} hat das fertige Bild zurückgehalten. Worte oder Bilder ändern.',
  'The safety check at {name} refused this prompt. Change the words.':
    'Die Sicherheitsprüfung bei {name} hat diesen Prompt abgelehnt. Die Worte ändern.',
  'It seems to show a real person.': 'Es scheint eine echte Person zu zeigen.',
  'A stream of events.': 'Ein Strom von Ereignissen.',
  '{name} gave {made} of {asked} pictures': '{name} gab {made} von {asked} Bildern',
  '{came} and says that it made {missing} more, which did not arrive. Ask its support; your usage is at {console}.':
    '{~came} und sagt, dass {missing} weitere entstanden sind, die nicht ankamen. Beim Support nachfragen; der Verbrauch steht auf {console}.',
  '{came}, then its answer broke off. It may have made {missing} more, which are not asked for again by themselves. Your usage is at {console}.':
    '{~came}, dann brach die Antwort ab. Vielleicht sind {missing} weitere entstanden; danach wird nicht von selbst gefragt. Der Verbrauch steht auf {console}.',
  'the question for a {what}': 'die Frage nach einem Auftrag',
  'the question for a {what}{because}': 'die Frage nach einem Auftrag{~because}',
  '{name} knows nothing of this {what} any more{because}. Look at {usage} before you run it again: it may have been charged.':
    '{name} weiß von diesem Auftrag nichts mehr{~because}. Vor dem nächsten Lauf {~usage} ansehen: Er kann berechnet sein.',
  '{name} finished the {what} without a picture. Look at {usage}.':
    '{name} hat den Auftrag ohne Bild beendet. Ansehen: {~usage}.',
  '{name} took the {what} and could not make the picture.{because}':
    '{name} hat den Auftrag angenommen und konnte das Bild nicht machen.{~because}',
  'It may have been charged.': 'Es kann berechnet sein.',
  'It was not charged.': 'Es wurde nicht berechnet.',
  'The {what} was stopped at {name}. {more}': 'Der Auftrag wurde bei {name} gestoppt. {~more}',
  'The safety check at {name} refused this prompt or a picture. Change the words or the pictures.':
    'Die Sicherheitsprüfung bei {name} hat diesen Prompt oder ein Bild abgelehnt. Worte oder Bilder ändern.',
  '{name} does not know this model or {what}{because}.{more}':
    '{name} kennt dieses Modell oder diesen Auftrag nicht{~because}.{~more}',
  'your usage there': 'den Verbrauch dort',
  'the question for the credits': 'die Frage nach den Credits',
  'This key has used up its own limit at {name}. Raise it at {keys}.':
    'Dieser Schlüssel hat seine eigene Grenze bei {name} erreicht. Auf {~keys} erhöhen.',
  '{name} is being maintained. Try again later.': '{name} wird gewartet. Später noch einmal versuchen.',
  'Image {place} is {width} × {height} pixels; {problem}. Put a Resize or Crop node before it.':
    'Bild {place} hat {width} × {height} Pixel; {~problem}. Einen Knoten „Größe ändern“ oder „Zuschneiden“ davor setzen.',
  'each side must have at least {minSide}': 'jede Seite muss mindestens {minSide} haben',
  'at most {e6} million pixels are taken as a reference': 'als Referenz gehen höchstens {e6} Millionen Pixel',
  'the longer side may be at most {maxAspect} times the shorter':
    'die längere Seite darf höchstens {maxAspect}-mal so lang sein wie die kürzere',
  'its file stays above the {e6} MB taken as a reference':
    'seine Datei bleibt über den {e6} MB, die als Referenz gehen',
  'runware.ai, page "API Keys"': 'runware.ai, Seite „API Keys“',
  'runware.ai, in your account': 'runware.ai, im eigenen Konto',
  'The safety check at Runware refused this prompt or a picture. Change the words or the pictures.':
    'Die Sicherheitsprüfung bei Runware hat diesen Prompt oder ein Bild abgelehnt. Worte oder Bilder ändern.',
  'Runware could not make the picture. It said: {said}':
    'Runware konnte das Bild nicht machen. Seine Worte: {said}',
  'Runware knows nothing of this task. Look at your usage there before you run it again.':
    'Runware weiß von diesem Auftrag nichts. Dort den Verbrauch ansehen, bevor er noch einmal läuft.',
  'An empty answer.': 'Eine leere Antwort.',
  'An HTML page instead of an answer.': 'Eine HTML-Seite statt einer Antwort.',
  '{name} does not accept the key. Set a valid one ({keys}).':
    '{name} nimmt den Schlüssel nicht an. Einen gültigen setzen ({~keys}).',
  'The balance at {name} is used up. Top it up at {billing}.':
    'Das Guthaben bei {name} ist aufgebraucht. Aufladen: {~billing}.',
  '{name} does not allow this with this key.{because}':
    '{name} erlaubt das mit diesem Schlüssel nicht.{~because}',
  '{name} has nothing at this address: a link has expired, or the address in the settings is wrong.':
    '{name} hat an dieser Adresse nichts: Ein Link ist abgelaufen, oder die Adresse in den Einstellungen ist falsch.',
  '{name} gave up waiting. Try again later.':
    '{name} hat das Warten aufgegeben. Später noch einmal versuchen.',
  'The pictures are too large for {name}. Make them smaller with a Resize node.':
    'Die Bilder sind für {name} zu groß. Mit einem Knoten „Größe ändern“ verkleinern.',
  '{name} takes no more requests for now. It goes on when the limit is over.':
    '{name} nimmt gerade keine Anfragen mehr. Weiter geht es, wenn die Grenze vorbei ist.',
  '{name} has trouble of its own (HTTP {status}). Try again later.':
    '{name} hat selbst ein Problem (HTTP {status}). Später noch einmal versuchen.',
  '{name} refused the request.{because}': '{name} hat die Anfrage abgelehnt.{~because}',
  'the request': 'die Anfrage',
  'The answer of {name} to {what} could not be read. A proxy or a change at {name2} may be the reason.':
    'Die Antwort von {name} auf {~what} war nicht lesbar. Ein Proxy oder eine Änderung bei {name2} kann der Grund sein.',
};
