/** What every page does besides being read: on a narrow screen, the navigation folds into a menu. */
import { ServiceNavigation } from "../lib/govuk/service-navigation.js";

for (const navigation of document.querySelectorAll('[data-module="govuk-service-navigation"]')) {
  new ServiceNavigation(navigation);
}
