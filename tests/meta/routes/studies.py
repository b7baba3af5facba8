"""Routes about studies, figures of others, programmes, trainings and evaluations."""

ROUTES = """
study-list                      get view_report | post keep_study
study-detail                    get view_report | patch keep_study
study-sample-size               get view_report
stratum-list                    get view_report | post keep_study
stratum-detail                  get view_report | patch keep_study
stratum-sample                  get view_report
stratum-visits                  post keep_study
stratum-estimate                post keep_study
visit-list                      get view_report | post keep_study
visit-detail                    get view_report | patch keep_study
observation-list                get view_report | post keep_study
observation-detail              get view_report | patch keep_study
recapture-list                  get view_report | post keep_study
recapture-detail                get view_report | patch keep_study
estimate-list                   get view_report | post keep_study
estimate-detail                 get view_report | patch keep_study
estimate-publish                post publish_estimate
estimate-pair-list              get view_report | post keep_study
estimate-pair-detail            get view_report
estimate-pair-part              post keep_study
external-statistic-list         get view_report | post keep_study
external-statistic-detail       get view_report | patch keep_study
external-statistic-beside       get view_report
district-survey-list            get view_report | post keep_study
district-survey-detail          get view_report | patch keep_study
programme-list                  get view_report | post keep_study
programme-detail                get view_report | patch keep_study
training-list                   get view_report | post keep_study
training-detail                 get view_report | patch keep_study
evaluation-list                 get view_report | post keep_study
evaluation-detail               get view_report | patch keep_study
finding-list                    get view_report | post keep_study
finding-detail                  get view_report | patch keep_study
studies:studies                 get view_report
studies:new-study               get post keep_study
studies:study                   get view_report
studies:change-study            get post keep_study
studies:add-stratum             get post keep_study
studies:stratum                 get view_report
studies:change-stratum          get post keep_study
studies:record-visit            get post keep_study
studies:upload-visits           get post keep_study
studies:visits-csv              get view_report
studies:record-recapture        get post keep_study
studies:estimate                post keep_study
studies:enter-estimate          get post keep_study
studies:correct-visit           get post keep_study
studies:record-observation      get post keep_study
studies:correct-observation     get post keep_study
studies:correct-recapture       get post keep_study
studies:correct-estimate        get post keep_study
studies:publish-estimate        post publish_estimate
studies:pair-estimates          get post keep_study
studies:pair                    get view_report
studies:part-estimates          post keep_study
studies:sample-size             get view_report
studies:statistics              get view_report
studies:new-statistic           get post keep_study
studies:correct-statistic       get post keep_study
studies:surveys                 get view_report
studies:new-survey              get post keep_study
studies:correct-survey          get post keep_study
studies:programmes              get view_report
studies:new-programme           get post keep_study
studies:change-programme        get post keep_study
studies:trainings               get view_report
studies:new-training            get post keep_study
studies:correct-training        get post keep_study
studies:evaluations             get view_report
studies:new-evaluation          get post keep_study
studies:evaluation              get view_report
studies:correct-evaluation      get post keep_study
studies:add-finding             get post keep_study
studies:correct-finding         get post keep_study
"""
