"""Routes about an organisation's own questions."""

ROUTES = """
question-set-list               get anyone | post keep_questions
question-set-detail             get anyone | patch keep_questions
question-set-write-question     post keep_questions
question-set-drop-question      post keep_questions
question-set-publish            post keep_questions
question-set-retire             post keep_questions
question-set-renew              post keep_questions
reply-list                      get view_reply | post write_reply
reply-detail                    get view_reply | patch write_reply
reply-words-list                get read_reply
reply-words-detail              get read_reply
questions:sets                  get keep_questions
questions:new-set               get post keep_questions
questions:set                   get keep_questions
questions:change-set            get post keep_questions
questions:write-question        get post keep_questions
questions:drop-question         get post keep_questions
questions:publish-set           get post keep_questions
questions:retire-set            get post keep_questions
questions:renew-set             get post keep_questions
questions:answer                get post write_reply
questions:correct               get post write_reply
questions:reply                 get read_reply
"""
