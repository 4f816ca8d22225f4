import type { Sentences } from '../../sentences';

/** Rented pods. */
export const pods: Sentences = {
  'Pod {name}': 'Pod {name}',
  'Pod {name} ({id})': 'Pod {name} ({id})',
  '{which} was ordered, and nobody knows what became of it.':
    '{~which} wurde bestellt, und niemand weiß, was daraus geworden ist.',
  '{which} was left running: ${perHour} an hour, about ${sinceStart} since its start.':
    '{~which} lief weiter: ${perHour} pro Stunde, etwa ${sinceStart} seit dem Start.',
  'It is stopped as soon as it is seen.': 'Er wird gestoppt, sobald er zu sehen ist.',
  'This Seedloom knows no place that rents pods.': 'Dieses Seedloom kennt keinen Ort, der Pods vermietet.',
  'Look again in a minute.': 'In einer Minute noch einmal nachsehen.',
  '{name} was ordered and has not been seen yet. {next}':
    '{name} ist bestellt und noch nicht gesehen worden. {~next}',
  'Only on pods that Seedloom has created can it install models.':
    'Modelle lassen sich nur auf Pods installieren, die Seedloom angelegt hat.',
  '{name} has nothing that survives a stop, or was created without what installs models on it. Create a pod with a network volume (or a kept disk) and the watchdog.':
    '{name} hat nichts, was ein Stoppen übersteht, oder entstand ohne das, was Modelle darauf installiert. Einen Pod mit Netzwerk-Volume (oder behaltener Platte) und Wächter anlegen.',
  '{name} is there already.': '{name} ist schon da.',
  'Nobody knows an address of {name}: put it on the volume by hand.':
    'Niemand kennt eine Adresse von {name}: von Hand auf das Volume legen.',
  "{name} cannot be installed: it needs the name of a model file without spaces, one of ComfyUI's folders, and an http(s) address.":
    '{name} lässt sich nicht installieren: Nötig sind der Name einer Modelldatei ohne Leerzeichen, ein Ordner von ComfyUI und eine http(s)-Adresse.',
  'There is no {name} at its address any more.': '{name} liegt nicht mehr an seiner Adresse.',
  '{name} is given to those who have accepted its licence at {page}. Accept it, and create a pod on the same volume with your token in its environment ({variable}).':
    '{name} gibt es, wenn die Lizenz auf {page} angenommen ist. Annehmen und auf demselben Volume einen Pod anlegen, in dessen Umgebung das eigene Token steht ({variable}).',
  '{name} does not run. Start it first.': '{name} läuft nicht. Zuerst starten.',
  'Nothing was ordered: one to {mostFiles} files at once, each with folder, name and address.':
    'Nichts wurde bestellt: eine bis {mostFiles} Dateien auf einmal, jede mit Ordner, Name und Adresse.',
  "{name} is not in this key's account any more: it was terminated elsewhere, or the key is another account's. Look at console.runpod.io/pods.":
    '{name} ist nicht mehr im Konto dieses Schlüssels: anderswo beendet, oder der Schlüssel gehört zu einem anderen Konto. Auf console.runpod.io/pods nachsehen.',
  '{name} was stopped, and not from here: by its own watchdog, in the console, or because the balance at its host is used up.':
    '{name} wurde gestoppt, und nicht von hier: vom eigenen Wächter, in der Konsole, oder weil das Guthaben aufgebraucht ist.',
  '{name} came up without a GPU and is stopped again: none is free on its machine. Try later, or terminate it and create a new one.':
    '{name} kam ohne GPU hoch und wird wieder gestoppt: Auf seiner Maschine ist keine frei. Später versuchen, oder beenden und einen neuen anlegen.',
  'ComfyUI on {name} has not answered for {start} minutes, and the pod is stopped. Look at its log in the console; the image or the port may be wrong.':
    'ComfyUI auf {name} hat {start} Minuten nicht geantwortet, und der Pod wird gestoppt. Sein Protokoll in der Konsole ansehen; Image oder Port könnten falsch sein.',
  '{name} failed to run. Look at its log in the console, or terminate it.':
    '{name} lief nicht. Sein Protokoll in der Konsole ansehen, oder ihn beenden.',
  'Nothing is heard of the installer on {name}: what it has to load stands still. Stop the pod and start it again; it goes on from there.':
    'Vom Installer auf {name} ist nichts zu hören: Was zu laden ist, steht still. Den Pod stoppen und wieder starten; dann geht es dort weiter.',
  'The watchdog on {name} runs, and RunPod does not let it ask about its pod: it may not be able to stop it. Stop the pod before you close Seedloom.':
    'Der Wächter auf {name} läuft, aber RunPod lässt ihn nicht nach seinem Pod fragen: Vielleicht kann er ihn nicht stoppen. Den Pod vor dem Beenden von Seedloom stoppen.',
  'Nothing is heard of the watchdog on {name}: this image may begin otherwise. It is stopped only while Seedloom runs; stop it before you close Seedloom.':
    'Vom Wächter auf {name} ist nichts zu hören: Dieses Image beginnt vielleicht anders. Gestoppt wird nur, solange Seedloom läuft; vor dem Beenden von Seedloom stoppen.',
  'Nobody can tell whether the order was taken: {message} Seedloom looks for the pod and looks after it if there is one. Nothing is ordered again.':
    'Ob die Bestellung angenommen wurde, weiß niemand: {~message} Seedloom sucht den Pod und kümmert sich um ihn, wenn es ihn gibt. Nichts wird noch einmal bestellt.',
  'The rule "{where}" is a whole number of minutes from 1 (a lease from 2).':
    'Die Regel „{where}“ ist eine ganze Zahl von Minuten ab 1 (ein Lease ab 2).',
  'not shown, it may hold keys': 'nicht gezeigt, es könnten Schlüssel darin stehen',
  'the question for your pods': 'die Frage nach den Pods',
  'the question for a pod': 'die Frage nach einem Pod',
  'the question for its GPUs': 'die Frage nach seinen GPUs',
  'the question for your network volumes': 'die Frage nach den Netzwerk-Volumes',
  'the order of a pod': 'die Bestellung eines Pods',
  "The machine this pod belongs to has no GPU free now. Try again later, or terminate it and create a new one; what is on its own disk is lost then, a network volume's files stay.":
    'Die Maschine dieses Pods hat gerade keine GPU frei. Später versuchen, oder beenden und einen neuen anlegen; was auf seiner eigenen Platte liegt, ist dann verloren, Dateien eines Netzwerk-Volumes bleiben.',
  'The pod is locked and goes on costing. Unlock it at console.runpod.io/pods, then stop it.':
    'Der Pod ist gesperrt und kostet weiter. Auf console.runpod.io/pods entsperren, dann stoppen.',
  "Your balance at RunPod is too low: a pod wants an hour's price in advance, and your account may have a limit an hour. Top up at {billing}.":
    'Das Guthaben bei RunPod ist zu niedrig: Ein Pod will den Preis einer Stunde im Voraus, und das Konto hat vielleicht eine Grenze pro Stunde. Auf {billing} aufladen.',
  'RunPod has none of these GPUs free now, in this cloud and data center. Choose another GPU, cloud or data center.':
    'RunPod hat von diesen GPUs in dieser Cloud und diesem Rechenzentrum gerade keine frei. Eine andere GPU, Cloud oder ein anderes Rechenzentrum wählen.',
  'RunPod refused the order, or has no room for it. It said: {said}':
    'RunPod hat die Bestellung abgelehnt oder keinen Platz dafür. Seine Worte: {said}',
  'Your RunPod key may not do this. Give it the right to pods, or make another (console.runpod.io/user/settings).':
    'Der RunPod-Schlüssel darf das nicht. Ihm das Recht auf Pods geben oder einen anderen machen (console.runpod.io/user/settings).',
  "RunPod has no such pod in this key's account: it was terminated, or it is somebody else's.":
    'RunPod hat im Konto dieses Schlüssels keinen solchen Pod: Er wurde beendet oder gehört jemand anderem.',
  'RunPod cannot do that with the pod as it is now. {said}':
    'RunPod kann das mit dem Pod in seinem Zustand nicht tun. {said}',
};
