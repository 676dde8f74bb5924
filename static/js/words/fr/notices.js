/** Avancement, notes, connexion, nombres qui ne sont plus finis. @type {Readonly<Record<keyof typeof import("../en/notices.js").NOTICES, string>>} */
export const NOTICES = {
  "notices.working": "En cours",
  "notices.starting": "Démarrage …",
  "notices.aria": "Notes",
  "notices.dismiss": "Fermer",
  "notices.stale": "Ce qui est affiché est peut-être dépassé. Reconnexion automatique …",
  "notices.offline": "Pas de connexion.",
  "notices.reconnect": "Reconnecter maintenant",
  "notices.again": "Se reconnecter",
  "notices.anew": "Commencer une nouvelle session",
  "notices.opback": "Une op en arrière",
  "notices.restart": "Recommencer",
  "notices.diverged": "{call} a produit un nombre qui n’est pas fini.",
};
