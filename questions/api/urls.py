from core.api.routers import Router
from questions.api.viewsets import QuestionSetViewSet, ReplyViewSet, ReplyWordsViewSet

router = Router()
router.register("question-sets", QuestionSetViewSet, basename="question-set")
router.register("replies", ReplyViewSet, basename="reply")
router.register("reply-words", ReplyWordsViewSet, basename="reply-words")
urlpatterns = router.urls
