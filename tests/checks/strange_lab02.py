"""More answers to lab 02, found by trying to mislead its checks.

The lists are like those of `answers_lab02`, whose `IMPORTS` come before each.
"""
# ruff: noqa: E501

WRONG = {
    "decompose": [
        ('mean curve over axis 1', """def bias_and_variance(p,t):
    return np.mean((p.mean(axis=1)[:,None]-t)**2), p.var(axis=0).mean()""", 1.5, 'only-variance'),
        ('bias only summed', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.sum((mean-t)**2), p.var(axis=0).mean()""", 1.5, 'only-variance'),
        ('root of bias only', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.sqrt(np.mean((mean-t)**2)), p.var(axis=0).mean()""", 1.5, 'only-variance'),
        ('noise subtracted', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((mean - t) ** 2), np.mean((p-t)**2) - 2.25""", 1.5, 'only-bias'),
        ('mean of first curve only', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((p[0]-t)**2), p.var(axis=0).mean()""", 1.5, 'only-variance'),
        ('median curve', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((np.median(p,axis=0)-t)**2), p.var(axis=0).mean()""", 1.5, 'only-variance'),
        ('mean abs deviation', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((mean - t) ** 2), np.abs(p-mean).mean()""", 1.5, 'only-bias'),
        ('around grand mean', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((mean - t) ** 2), np.mean((p-p.mean())**2)""", 1.5, 'whole-table'),
        ('both n-1', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((mean - t) ** 2), np.sum((p-mean)**2)/((len(p)-1)*p.shape[1])""", 2.5, 'sample-variance'),
        ('var of truth gap', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((mean - t) ** 2), (p-t).var()""", 1.5, 'only-bias'),
        ('NaN', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return np.mean((mean - t) ** 2), float('nan')""", 0.0, 'not-finite'),
        ('tuple of text', """def bias_and_variance(predictions, truth):
    p, t = predictions, truth
    mean = p.mean(axis=0)
    return 'bias', 'variance'""", 0.0, 'not-two-numbers'),
        ('three numbers', """def bias_and_variance(p,t):
    m=p.mean(0);return np.mean((m-t)**2), p.var(0).mean(), 2.25""", 0.0, 'not-two-numbers'),
    ],
    "diagnose": [
        ('3 bias', """diagnosis = {1: 'bias', 2: 'variance', 3: 'bias', 4: 'fine', 5: 'both', 6: 'bias'}""", 2.5, 'small-gap-is-normal'),
        ('3 both', """diagnosis = {1: 'bias', 2: 'variance', 3: 'both', 4: 'fine', 5: 'both', 6: 'bias'}""", 2.5, 'small-gap-is-normal'),
        ('4 variance', """diagnosis = {1: 'bias', 2: 'variance', 3: 'fine', 4: 'variance', 5: 'both', 6: 'bias'}""", 2.5, 'small-gap-is-normal'),
        ('4 both', """diagnosis = {1: 'bias', 2: 'variance', 3: 'fine', 4: 'both', 5: 'both', 6: 'bias'}""", 2.5, 'unreachable-error'),
        ('6 variance', """diagnosis = {1: 'bias', 2: 'variance', 3: 'fine', 4: 'fine', 5: 'both', 6: 'variance'}""", 2.5, 'high-error-is-not-overfitting'),
        ('6 both', """diagnosis = {1: 'bias', 2: 'variance', 3: 'fine', 4: 'fine', 5: 'both', 6: 'both'}""", 2.5, 'far-from-the-best'),
        ('1 both & 2 both', """diagnosis = {1: 'both', 2: 'both', 3: 'fine', 4: 'fine', 5: 'both', 6: 'bias'}""", 2.0, 'far-from-the-best'),
        ('all both', """diagnosis = {1: 'both', 2: 'both', 3: 'both', 4: 'both', 5: 'both', 6: 'both'}""", 0.5, 'far-from-the-best'),
        ('all fine', """diagnosis = {1: 'fine', 2: 'fine', 3: 'fine', 4: 'fine', 5: 'fine', 6: 'fine'}""", 1.0, 'close-together-is-not-fine'),
        ('swap bias variance', """diagnosis = {1: 'variance', 2: 'bias', 3: 'fine', 4: 'fine', 5: 'both', 6: 'variance'}""", 1.5, 'high-error-is-not-overfitting'),
        ('ellipsis', """diagnosis = {1: '...', 2: '...', 3: '...', 4: '...', 5: '...', 6: '...'}""", 0.0, 'word-unknown'),
        ('None', """diagnosis=None""", 0.0, 'not-a-dictionary'),
        ('function', """def diagnosis(): return {}""", 0.0, 'not-a-dictionary'),
        ('NaN entries', """diagnosis={i: float('nan') for i in range(1,7)}""", 0.0, 'word-unknown'),
        ('numbers', """diagnosis={i: i for i in range(1,7)}""", 0.0, 'word-unknown'),
        ('inverted', """diagnosis={'bias':[1,6],'variance':[2],'fine':[3,4],'both':[5]}""", 0.0, 'word-unknown'),
    ],
    "predict_more_data": [
        ('A rises', """error_will = {'A': 'rises', 'B': 'falls', 'C': 'rises', 'D': 'stays'}""", 1.5, 'data-cannot-bend-a-line'),
        ('B rises', """error_will = {'A': 'stays', 'B': 'rises', 'C': 'rises', 'D': 'stays'}""", 1.5, 'variance-shrinks'),
        ('D rises', """error_will = {'A': 'stays', 'B': 'falls', 'C': 'rises', 'D': 'rises'}""", 1.5, 'price-is-bias'),
        ('all falls', """error_will = {'A': 'falls', 'B': 'falls', 'C': 'falls', 'D': 'falls'}""", 0.5, 'data-cannot-bend-a-line'),
        ('all stays', """error_will = {'A': 'stays', 'B': 'stays', 'C': 'stays', 'D': 'stays'}""", 1.0, 'variance-shrinks'),
        ('test like training', """error_will = {'A': 'stays', 'B': 'rises', 'C': 'falls', 'D': 'stays'}""", 1.0, 'variance-shrinks'),
        ('None', """error_will=None""", 0.0, 'not-a-dictionary'),
        ('a typo', """error_will = {'A': 'stays', 'B': 'fals', 'C': 'rises', 'D': 'stays'}""", 1.5, 'word-unknown'),
        ('numbers', """error_will = {'A': 'stays', 'B': -1, 'C': 'rises', 'D': 'stays'}""", 1.5, 'word-unknown'),
        ('all ...', """error_will = {'A': '...', 'B': '...', 'C': '...', 'D': '...'}""", 0.0, 'word-unknown'),
    ],
    "cut_folds": [
        ('k is size', """def folds(n, k):
    rows = np.arange(n)
    return [(np.setdiff1d(rows, rows[a:a+k]), rows[a:a+k]) for a in range(0,n,k)]""", 0.0, 'number-of-folds'),
        ('one fold repeated', """def folds(n, k):
    rows = np.arange(n)
    t=rows[:n//k]
    return [(np.setdiff1d(rows,t),t)]*k""", 0.0, 'tested-twice'),
        ('random choice with replacement', """def folds(n, k):
    rows = np.arange(n)
    r=np.random.default_rng(0)
    return [(lambda t:(np.setdiff1d(rows,t),t))(r.choice(n,n//k)) for _ in range(k)]""", 0.0, 'tested-twice'),
        ('k-1 folds', """def folds(n, k):
    rows = np.arange(n)
    return [(rows[rows%k!=j],rows[rows%k==j]) for j in range(k-1)]""", 0.0, 'number-of-folds'),
        ('dict', """def folds(n, k):
    rows = np.arange(n)
    return {j:(rows[rows%k!=j],rows[rows%k==j]) for j in range(k)}""", 0.0, 'not-pairs'),
        ('two lists', """def folds(n, k):
    rows = np.arange(n)
    return [rows[rows%k!=j] for j in range(k)],[rows[rows%k==j] for j in range(k)]""", 0.0, 'not-pairs'),
        ('empty', """def folds(n, k):
    rows = np.arange(n)
    return []""", 0.0, 'not-pairs'),
        ('sets', """def folds(n, k):
    rows = np.arange(n)
    return [(set(rows[rows%k!=j].tolist()),set(rows[rows%k==j].tolist())) for j in range(k)]""", 0.0, 'not-pairs'),
        ('zip iterator', """def folds(n, k):
    rows = np.arange(n)
    return zip([rows[rows%k!=j] for j in range(k)],[rows[rows%k==j] for j in range(k)])""", 0.0, 'generator'),
        ('NaN', """def folds(n, k):
    rows = np.arange(n)
    return [(rows*np.nan, rows*np.nan)]*k""", 0.0, 'no-such-row'),
        ('strings', """def folds(n, k):
    rows = np.arange(n)
    return 'folds'""", 0.0, 'not-pairs'),
        ('KFold obj', """def folds(n, k):
    rows = np.arange(n)
    return KFold(k)""", 0.0, 'not-pairs'),
        ('range leftover overlap', """def folds(n, k):
    rows = np.arange(n)
    s=n//k
    return [(np.setdiff1d(rows,rows[min(j*s,n-s-1):min(j*s,n-s-1)+s+1]),rows[min(j*s,n-s-1):min(j*s,n-s-1)+s+1]) for j in range(k)]""", 0.0, 'tested-twice'),
        ('fold sizes floor then bigger rest to training', """def folds(n, k):
    rows = np.arange(n)
    s=n//k
    return [(np.r_[rows[:j*s],rows[(j+1)*s:k*s]],rows[j*s:(j+1)*s]) for j in range(k)]""", 1.5, 'never-tested'),
    ],
    "validate": [
        ('median of folds', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return np.median(errors)""", 1.0, 'median-fold'),
        ('max', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return max(errors)""", 0.5, 'worst-fold'),
        ('sum of squares per fold', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.sum((y[test] - model.predict(X[test])) ** 2))
    return np.mean(errors)""", 1.0, 'sums-in-folds'),
        ('not squared', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean(y[test]-model.predict(X[test])))
    return np.mean(errors)""", 0.5, 'not-squared'),
        ('1-R2', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(1-model.score(X[test],y[test]))
    return np.mean(errors)""", 0.5, 'one-minus-r-squared'),
        ('own folds cv=k', """def mean_error(model, X, y, folds):
    errors = []
    return -cross_val_score(model,X,y,cv=len(folds),scoring='neg_mean_squared_error').mean()""", 0.0, 'own-folds'),
        ('predict all rows', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y-model.predict(X))**2))
    return np.mean(errors)""", 0.0, 'measured-on-all'),
        ('abs sklearn', """def mean_error(model, X, y, folds):
    errors = []
    return -cross_val_score(model,X,y,cv=folds,scoring='neg_mean_absolute_error').mean()""", 1.0, 'absolute'),
        ('neg root', """def mean_error(model, X, y, folds):
    errors = []
    return -cross_val_score(model,X,y,cv=folds,scoring='neg_root_mean_squared_error').mean()""", 1.0, 'root'),
        ('std', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return np.std(errors)""", 0.5, 'spread-of-folds'),
        ('NaN', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return float('nan')""", 0.0, 'not-finite'),
        ('dict', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return {'mse': np.mean(errors)}""", 0.0, 'one-for-each-fold'),
        ('own model', """def mean_error(model, X, y, folds):
    errors = []
    for train,test in folds:
        m=LinearRegression().fit(X[train],y[train])
        errors.append(np.mean((y[test]-m.predict(X[test]))**2))
    return np.mean(errors)""", 0.0, 'own-model'),
    ],
    "mend_report": [
        ('always 12 honest', """def report(train, validation, test):
    degrees = range(13)
    return 12, error(train,12,test)""", 1.0, 'chosen-by-training'),
        ('fitted on test', """def report(train, validation, test):
    degrees = range(13)
    degree = int(np.argmin([error(train, d, validation) for d in degrees]))
    return degree, error(test,degree,test)""", 1.0, 'only-degree'),
        ('list of errors', """def report(train, validation, test):
    degrees = range(13)
    degree = int(np.argmin([error(train, d, validation) for d in degrees]))
    return degree,[error(train,d,test) for d in degrees]""", 0.0, 'not-a-pair'),
        ('min test error', """def report(train, validation, test):
    degrees = range(13)
    degree = int(np.argmin([error(train, d, validation) for d in degrees]))
    return degree, min(error(train,d,test) for d in degrees)""", 1.0, 'smallest-on-test'),
        ('validation of both mean', """def report(train, validation, test):
    degrees = range(13)
    e=[(error(train,d,validation)+error(train,d,train))/2 for d in degrees]
    d=int(np.argmin(e))
    return d, error(train,d,test)""", 1.5, 'training-in-the-choice'),
        ('abs error', """def report(train, validation, test):
    degrees = range(13)
    degree = int(np.argmin([error(train, d, validation) for d in degrees]))
    return degree, np.mean(np.abs(test[1]-predict(fit(*train,degree),test[0])))""", 1.0, 'only-degree'),
        ('text', """def report(train, validation, test):
    degrees = range(13)
    degree = int(np.argmin([error(train, d, validation) for d in degrees]))
    return f'degree {degree}'""", 0.0, 'not-a-pair'),
    ],
}

RIGHT = {
    "decompose": [
        ('einsum', """def bias_and_variance(p,t):
    m=p.mean(0); d=p-m; return ((m-t)@(m-t))/len(t), np.einsum('ij,ij->',d,d)/d.size"""),
        ('E[x2]-E[x]2', """def bias_and_variance(p,t):
    return ((p.mean(0)-t)**2).mean(), (np.mean(p**2,axis=0)-p.mean(0)**2).mean()"""),
        ('pairs formula', """def bias_and_variance(p,t):
    n=len(p); return np.square(p.mean(0)-t).mean(), np.mean((p[:,None]-p[None])**2)/2"""),
        ('namedtuple', """from collections import namedtuple
R=namedtuple('R','bias2 variance')
def bias_and_variance(p,t):
    return R(np.mean((p.mean(0)-t)**2), p.var(0).mean())"""),
        ('loops over moments', """def bias_and_variance(predictions, truth):
    b=v=0
    for j in range(len(truth)):
        c=predictions[:,j]; b+=(c.mean()-truth[j])**2; v+=c.var()
    return b/len(truth), v/len(truth)"""),
        ('Series result', """def bias_and_variance(p,t):
    return pd.Series([np.mean((p.mean(0)-t)**2), p.var(0).mean()])"""),
    ],
    "diagnose": [
        ('int index Series', """diagnosis=pd.Series(['bias','variance','fine','fine','both','bias'],index=range(1,7))"""),
        ('underfits long', """diagnosis={1:'it underfits',2:'it overfits',3:'good fit',4:'fine (noise)',5:'bias + variance',6:'high bias'}"""),
        ('bias and variance5', """diagnosis = {1: 'bias', 2: 'variance', 3: 'fine', 4: 'fine', 5: 'bias/variance', 6: 'bias'}"""),
        ('m1 keys', """diagnosis={'m1':'bias','m2':'variance','m3':'fine','m4':'fine','m5':'both','m6':'bias'}"""),
        ('numpy strings', """diagnosis=dict(zip(np.arange(1,7),np.array(['bias','variance','fine','fine','both','bias'])))"""),
    ],
    "predict_more_data": [
        ('it falls', """error_will = {'A': 'stays about the same', 'B': 'it falls', 'C': 'increases', 'D': 'does not change'}"""),
        ('past', """error_will = {'A': 'constant', 'B': 'decrease', 'C': 'increase', 'D': 'stays.'}"""),
        ('arrows? no: upper key', """error_will={'a ':'STAYS','b':'Falls','c':'rises','d':'stays'}"""),
        ('keys with situation', """error_will={'Situation A':'stays','Situation B':'falls','Situation C':'rises','Situation D':'stays'}"""),
    ],
    "cut_folds": [
        ('ranges', """def folds(n, k):
    rows = np.arange(n)
    e=[n*j//k for j in range(k+1)]
    return [([*range(0,a),*range(b,n)], range(a,b)) for a,b in zip(e,e[1:])]"""),
        ('object array', """def folds(n, k):
    rows = np.arange(n)
    out=np.empty((k,2),dtype=object)
    for j in range(k):
        out[j,0]=rows[rows%k!=j]; out[j,1]=rows[rows%k==j]
    return out"""),
        ('sizes first larger', """def folds(n, k):
    rows = np.arange(n)
    sizes=[n//k+(j<n%k) for j in range(k)]
    out=[];a=0
    for s in sizes:
        t=list(rows[a:a+s]); out.append((sorted(set(rows)-set(t)),t)); a+=s
    return out"""),
        ('reverse order', """def folds(n, k):
    rows = np.arange(n)
    return [(rows[rows%k!=j][::-1],rows[rows%k==j][::-1]) for j in range(k)][::-1]"""),
        ('pandas', """def folds(n, k):
    rows = np.arange(n)
    s=pd.Series(rows%k)
    return [(s[s!=j].index.to_numpy(), s[s==j].index.to_numpy()) for j in range(k)]"""),
        ('pandas Index', """def folds(n, k):
    rows = np.arange(n)
    s=pd.Series(rows%k)
    return [(s[s!=j].index, s[s==j].index) for j in range(k)]"""),
    ],
    "validate": [
        ('clone', """def mean_error(model, X, y, folds):
    errors = []
    from sklearn.base import clone
    return sum(np.square(clone(model).fit(X[a],y[a]).predict(X[b])-y[b]).mean() for a,b in folds)/len(folds)"""),
        ('array of one', """def mean_error(model, X, y, folds):
    errors = []
    for train, test in folds:
        model.fit(X[train], y[train]); errors.append(np.mean((y[test] - model.predict(X[test])) ** 2))
    return np.array([np.mean(errors)])"""),
        ('oof predictions', """def mean_error(model, X, y, folds):
    errors = []
    p=np.empty(len(y))
    for a,b in folds: p[b]=model.fit(X[a],y[a]).predict(X[b])
    return ((y-p)**2).mean()"""),
        ('make_scorer', """def mean_error(model, X, y, folds):
    errors = []
    from sklearn.metrics import make_scorer
    return cross_val_score(model,X,y,cv=iter(folds),scoring=make_scorer(mean_squared_error)).mean()"""),
    ],
    "mend_report": [
        ('lambda key', """def report(train, validation, test):
    degrees = range(13)
    d=min(degrees,key=lambda d:error(train,d,validation))
    return np.array([d,error(train,d,test)])"""),
        ('lstsq residual loop', """def report(train, validation, test):
    degrees = range(13)
    best=None
    for d in reversed(degrees):
        e=error(train,d,validation)
        if best is None or e<best[0]: best=(e,d)
    return np.int64(best[1]), np.float32(error(train,best[1],test))"""),
        ('polyfit', """def report(train, validation, test):
    degrees = range(13)
    def c(d,s):
        w=np.polyfit(train[0]/24,train[1],d); return np.mean((np.polyval(w,s[0]/24)-s[1])**2)
    d=int(np.argmin([c(d,validation) for d in degrees]))
    return d, c(d,test)"""),
        ('sklearn ridge none pipeline', """def report(train, validation, test):
    degrees = range(13)
    from sklearn.preprocessing import PolynomialFeatures
    from sklearn.pipeline import make_pipeline
    def m(d):
        return make_pipeline(PolynomialFeatures(d),LinearRegression()).fit(train[0][:,None]/12-1,train[1])
    e=[mean_squared_error(validation[1],m(d).predict(validation[0][:,None]/12-1)) for d in degrees]
    d=int(np.argmin(e))
    return d, mean_squared_error(test[1],m(d).predict(test[0][:,None]/12-1))"""),
        ('degree as float', """def report(train, validation, test):
    degrees = range(13)
    degree = int(np.argmin([error(train, d, validation) for d in degrees]))
    return float(degree), error(train,degree,test)"""),
    ],
}
