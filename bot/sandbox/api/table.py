"""All routes below ``/api/v3``."""

from bot.sandbox.api import account, comments, modlog, people, posts, reports
from bot.sandbox.api.call import Routes

ROUTES: Routes = {
    **account.ROUTES,
    **posts.ROUTES,
    **comments.ROUTES,
    **reports.ROUTES,
    **people.ROUTES,
    **modlog.ROUTES,
}
