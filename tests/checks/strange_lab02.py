"""More answers to lab 02, found by trying to mislead its checks.

The lists are like those of `answers_lab02`, whose `IMPORTS` come before each.
"""

def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _parts(bias="np.mean((mean - t) ** 2)", variance="p.var(axis=0).mean()"):
    return _function("bias_and_variance(predictions, truth)",
                     "p, t = predictions, truth\n"
                     "mean = p.mean(axis=0)\n"
                     f"return {bias}, {variance}")


def _moments(body):
    return _function("bias_and_variance(p,t)", body)


def _diagnosis(changes):
    right = {1: "bias", 2: "variance", 3: "fine", 4: "fine", 5: "both", 6: "bias"}
    return f"diagnosis = {right | changes}"


def _more_data(**changes):
    return f"error_will = {dict(A='stays', B='falls', C='rises', D='stays') | changes}"


def _folds(body):
    return _function("folds(n, k)", "rows = np.arange(n)\n" + body)


def _validate(body):
    return _function("mean_error(model, X, y, folds)", "errors = []\n" + body)


def _loop(error="np.mean((y[test] - model.predict(X[test])) ** 2)", result="np.mean(errors)"):
    return _validate("for train, test in folds:\n"
                     f"    model.fit(X[train], y[train]); errors.append({error})\n"
                     f"return {result}")


def _report(body):
    return _function("report(train, validation, test)", "degrees = range(13)\n" + body)


def _chosen_well(reported):
    return _report("degree = int(np.argmin([error(train, d, validation) for d in degrees]))\n"
                   f"return {reported}")


WRONG = {
    "decompose": [
        ("mean curve over axis 1", _moments(
            "return np.mean((p.mean(axis=1)[:,None]-t)**2), p.var(axis=0).mean()"),
         1.5, "only-variance"),
        ("bias only summed", _parts(bias="np.sum((mean-t)**2)"), 1.5, "only-variance"),
        ("root of bias only", _parts(bias="np.sqrt(np.mean((mean-t)**2))"), 1.5, "only-variance"),
        ("noise subtracted", _parts(variance="np.mean((p-t)**2) - 2.25"), 1.5, "only-bias"),
        ("mean of first curve only", _parts(bias="np.mean((p[0]-t)**2)"), 1.5, "only-variance"),
        ("median curve", _parts(bias="np.mean((np.median(p,axis=0)-t)**2)"), 1.5, "only-variance"),
        ("mean abs deviation", _parts(variance="np.abs(p-mean).mean()"), 1.5, "only-bias"),
        ("around grand mean", _parts(variance="np.mean((p-p.mean())**2)"), 1.5, "whole-table"),
        ("both n-1", _parts(
            variance="np.sum((p-mean)**2)/((len(p)-1)*p.shape[1])"), 2.5, "sample-variance"),
        ("var of truth gap", _parts(variance="(p-t).var()"), 1.5, "only-bias"),
        ("variance is NaN", _parts(variance="float('nan')"), 0.0, "not-finite"),
        ("tuple of text",
         "def bias_and_variance(predictions, truth):\n"
         "    p, t = predictions, truth\n"
         "    mean = p.mean(axis=0)\n"
         "    return 'bias', 'variance'", 0.0, "not-two-numbers"),
        ("the noise as well", _moments(
            "m=p.mean(0);return np.mean((m-t)**2), p.var(0).mean(), 2.25"), 0.0, "not-two-numbers"),
    ],
    "diagnose": [
        ("3 bias", _diagnosis({3: "bias"}), 2.5, "small-gap-is-normal"),
        ("3 both", _diagnosis({3: "both"}), 2.5, "small-gap-is-normal"),
        ("4 variance", _diagnosis({4: "variance"}), 2.5, "small-gap-is-normal"),
        ("4 both", _diagnosis({4: "both"}), 2.5, "unreachable-error"),
        ("6 variance", _diagnosis({6: "variance"}), 2.5, "high-error-is-not-overfitting"),
        ("6 both", _diagnosis({6: "both"}), 2.5, "far-from-the-best"),
        ("1 both & 2 both", _diagnosis({1: "both", 2: "both"}), 2.0, "far-from-the-best"),
        ("all both", _diagnosis({1: "both", 2: "both", 3: "both", 4: "both", 6: "both"}),
         0.5, "far-from-the-best"),
        ("all fine", _diagnosis({1: "fine", 2: "fine", 5: "fine", 6: "fine"}),
         1.0, "close-together-is-not-fine"),
        ("swap bias variance", _diagnosis({1: "variance", 2: "bias", 6: "variance"}),
         1.5, "high-error-is-not-overfitting"),
        ("dots left in", _diagnosis({1: "...", 2: "...", 3: "...", 4: "...", 5: "...", 6: "..."}),
         0.0, "word-unknown"),
        ("nothing chosen", "diagnosis=None", 0.0, "not-a-dictionary"),
        ("a function instead", "def diagnosis(): return {}", 0.0, "not-a-dictionary"),
        ("missing entries", "diagnosis={i: float('nan') for i in range(1,7)}", 0.0, "word-unknown"),
        ("model numbers as words", "diagnosis={i: i for i in range(1,7)}", 0.0, "word-unknown"),
        ("models by word",
         "diagnosis={'bias':[1,6],'variance':[2],'fine':[3,4],'both':[5]}", 0.0, "word-unknown"),
    ],
    "predict_more_data": [
        ("A rises", _more_data(A="rises"), 1.5, "data-cannot-bend-a-line"),
        ("B rises", _more_data(B="rises"), 1.5, "variance-shrinks"),
        ("D rises", _more_data(D="rises"), 1.5, "price-is-bias"),
        ("all falls", _more_data(A="falls", C="falls", D="falls"), 0.5, "data-cannot-bend-a-line"),
        ("all stays", _more_data(B="stays", C="stays"), 1.0, "variance-shrinks"),
        ("test like training", _more_data(B="rises", C="falls"), 1.0, "variance-shrinks"),
        ("nothing chosen", "error_will=None", 0.0, "not-a-dictionary"),
        ("a typo", _more_data(B="fals"), 1.5, "word-unknown"),
        ("a number for a word", _more_data(B=-1), 1.5, "word-unknown"),
        ("dots left in", _more_data(A="...", B="...", C="...", D="..."), 0.0, "word-unknown"),
    ],
    "cut_folds": [
        ("k is size", _folds(
            "return [(np.setdiff1d(rows, rows[a:a+k]), rows[a:a+k]) for a in range(0,n,k)]"),
         0.0, "number-of-folds"),
        ("one fold repeated", _folds("t=rows[:n//k]\n"
                                     "return [(np.setdiff1d(rows,t),t)]*k"), 0.0, "tested-twice"),
        ("random choice with replacement", _folds(
            "r=np.random.default_rng(0)\n"
            "return [(lambda t:(np.setdiff1d(rows,t),t))(r.choice(n,n//k)) for _ in range(k)]"),
         0.0, "tested-twice"),
        ("k-1 folds", _folds(
            "return [(rows[rows%k!=j],rows[rows%k==j]) for j in range(k-1)]"),
         0.0, "number-of-folds"),
        ("a dictionary of folds", _folds(
            "return {j:(rows[rows%k!=j],rows[rows%k==j]) for j in range(k)}"), 0.0, "not-pairs"),
        ("two lists", _folds(
            "return [rows[rows%k!=j] for j in range(k)],[rows[rows%k==j] for j in range(k)]"),
         0.0, "not-pairs"),
        ("no folds", _folds("return []"), 0.0, "not-pairs"),
        ("sets of rows", _folds(
            "return [(set(rows[rows%k!=j].tolist()),set(rows[rows%k==j].tolist())) for j in "
            "range(k)]"), 0.0, "not-pairs"),
        ("zip iterator", _folds(
            "return zip([rows[rows%k!=j] for j in range(k)],[rows[rows%k==j] for j in range(k)])"),
         0.0, "generator"),
        ("NaN for rows", _folds("return [(rows*np.nan, rows*np.nan)]*k"), 0.0, "no-such-row"),
        ("a text", _folds("return 'folds'"), 0.0, "not-pairs"),
        ("a KFold that never split", _folds("return KFold(k)"), 0.0, "not-pairs"),
        ("range leftover overlap", _folds(
            "s=n//k\n"
            "return [(np.setdiff1d(rows,rows[min(j*s,n-s-1):min(j*s,n-s-1)+s+1]),rows[min(j*s,"
            "n-s-1):min(j*s,n-s-1)+s+1]) for j in range(k)]"), 0.0, "tested-twice"),
        ("fold sizes floor then bigger rest to training", _folds(
            "s=n//k\n"
            "return [(np.r_[rows[:j*s],rows[(j+1)*s:k*s]],rows[j*s:(j+1)*s]) for j in range(k)]"),
         1.5, "never-tested"),
    ],
    "validate": [
        ("median of folds", _loop(result="np.median(errors)"), 1.0, "median-fold"),
        ("the largest of the folds", _loop(result="max(errors)"), 0.5, "worst-fold"),
        ("sum of squares per fold", _loop(
            error="np.sum((y[test] - model.predict(X[test])) ** 2)"), 1.0, "sums-in-folds"),
        ("not squared", _loop(error="np.mean(y[test]-model.predict(X[test]))"), 0.5, "not-squared"),
        ("1-R2", _loop(error="1-model.score(X[test],y[test])"), 0.5, "one-minus-r-squared"),
        ("own folds cv=k", _validate("return -cross_val_score(model,X,y,cv=len(folds),"
                                     "scoring='neg_mean_squared_error').mean()"), 0.0, "own-folds"),
        ("predict all rows", _loop(
            error="np.mean((y-model.predict(X))**2)"), 0.0, "measured-on-all"),
        ("absolute errors from sklearn", _validate(
            "return -cross_val_score(model,X,y,cv=folds,"
            "scoring='neg_mean_absolute_error').mean()"), 1.0, "absolute"),
        ("negative root from sklearn", _validate(
            "return -cross_val_score(model,X,y,cv=folds,"
            "scoring='neg_root_mean_squared_error').mean()"), 1.0, "root"),
        ("the spread of the folds", _loop(result="np.std(errors)"), 0.5, "spread-of-folds"),
        ("NaN", _loop(result="float('nan')"), 0.0, "not-finite"),
        ("a dictionary", _loop(result="{'mse': np.mean(errors)}"), 0.0, "one-for-each-fold"),
        ("own model", _validate("for train,test in folds:\n"
                                "    m=LinearRegression().fit(X[train],y[train])\n"
                                "    errors.append(np.mean((y[test]-m.predict(X[test]))**2))\n"
                                "return np.mean(errors)"), 0.0, "own-model"),
    ],
    "mend_report": [
        ("always 12 honest", _report("return 12, error(train,12,test)"), 1.0, "chosen-by-training"),
        ("fitted on test", _chosen_well("degree, error(test,degree,test)"), 1.0, "only-degree"),
        ("list of errors", _chosen_well(
            "degree,[error(train,d,test) for d in degrees]"), 0.0, "not-a-pair"),
        ("min test error", _chosen_well(
            "degree, min(error(train,d,test) for d in degrees)"), 1.0, "smallest-on-test"),
        ("validation of both mean", _report(
            "e=[(error(train,d,validation)+error(train,d,train))/2 for d in degrees]\n"
            "d=int(np.argmin(e))\n"
            "return d, error(train,d,test)"), 1.5, "training-in-the-choice"),
        ("abs error", _chosen_well(
            "degree, np.mean(np.abs(test[1]-predict(fit(*train,degree),test[0])))"),
         1.0, "only-degree"),
        ("a text", _chosen_well("f'degree {degree}'"), 0.0, "not-a-pair"),
    ],
}

RIGHT = {
    "decompose": [
        ("einsum", _moments(
            "m=p.mean(0); d=p-m; return ((m-t)@(m-t))/len(t), np.einsum('ij,ij->',d,d)/d.size")),
        ("E[x2]-E[x]2", _moments(
            "return ((p.mean(0)-t)**2).mean(), (np.mean(p**2,axis=0)-p.mean(0)**2).mean()")),
        ("pairs formula", _moments(
            "n=len(p); return np.square(p.mean(0)-t).mean(), np.mean((p[:,None]-p[None])**2)/2")),
        ("namedtuple",
         "from collections import namedtuple\n"
         "R=namedtuple('R','bias2 variance')\n"
         "def bias_and_variance(p,t):\n"
         "    return R(np.mean((p.mean(0)-t)**2), p.var(0).mean())"),
        ("loops over moments",
         "def bias_and_variance(predictions, truth):\n"
         "    b=v=0\n"
         "    for j in range(len(truth)):\n"
         "        c=predictions[:,j]; b+=(c.mean()-truth[j])**2; v+=c.var()\n"
         "    return b/len(truth), v/len(truth)"),
        ("Series result", _moments(
            "return pd.Series([np.mean((p.mean(0)-t)**2), p.var(0).mean()])")),
    ],
    "diagnose": [
        ("int index Series",
         "diagnosis=pd.Series(['bias','variance','fine','fine','both','bias'],index=range(1,7))"),
        ("underfits long",
         "diagnosis={1:'it underfits',2:'it overfits',3:'good fit',4:'fine (noise)',5:'bias + "
         "variance',6:'high bias'}"),
        ("bias/variance for both", _diagnosis({5: "bias/variance"})),
        ("keys such as m1",
         "diagnosis={'m1':'bias','m2':'variance','m3':'fine','m4':'fine','m5':'both','m6':'bias'}"),
        ("numpy strings",
         "diagnosis=dict(zip(np.arange(1,7),np.array(['bias','variance','fine','fine','both',"
         "'bias'])))"),
    ],
    "predict_more_data": [
        ("longer wordings", _more_data(A="stays about the same", B="it falls", C="increases",
                                       D="does not change")),
        ("other forms of the verbs", _more_data(A="constant", B="decrease", C="increase",
                                                D="stays.")),
        ("keys and words in other cases",
         "error_will={'a ':'STAYS','b':'Falls','c':'rises','d':'stays'}"),
        ("keys with situation",
         "error_will={'Situation A':'stays','Situation B':'falls','Situation C':'rises',"
         "'Situation D':'stays'}"),
    ],
    "cut_folds": [
        ("ranges of rows", _folds(
            "e=[n*j//k for j in range(k+1)]\n"
            "return [([*range(0,a),*range(b,n)], range(a,b)) for a,b in zip(e,e[1:])]")),
        ("object array", _folds(
            "out=np.empty((k,2),dtype=object)\n"
            "for j in range(k):\n"
            "    out[j,0]=rows[rows%k!=j]; out[j,1]=rows[rows%k==j]\n"
            "return out")),
        ("sizes first larger", _folds(
            "sizes=[n//k+(j<n%k) for j in range(k)]\n"
            "out=[];a=0\n"
            "for s in sizes:\n"
            "    t=list(rows[a:a+s]); out.append((sorted(set(rows)-set(t)),t)); a+=s\n"
            "return out")),
        ("reverse order", _folds(
            "return [(rows[rows%k!=j][::-1],rows[rows%k==j][::-1]) for j in range(k)][::-1]")),
        ("index of a Series as an array", _folds(
            "s=pd.Series(rows%k)\n"
            "return [(s[s!=j].index.to_numpy(), s[s==j].index.to_numpy()) for j in range(k)]")),
        ("pandas Index", _folds(
            "s=pd.Series(rows%k)\n"
            "return [(s[s!=j].index, s[s==j].index) for j in range(k)]")),
    ],
    "validate": [
        ("a clone for each fold", _validate(
            "from sklearn.base import clone\n"
            "return sum(np.square(clone(model).fit(X[a],y[a]).predict(X[b])-y[b]).mean() for "
            "a,b in folds)/len(folds)")),
        ("array of one", _loop(result="np.array([np.mean(errors)])")),
        ("all held-out predictions together", _validate(
            "p=np.empty(len(y))\n"
            "for a,b in folds: p[b]=model.fit(X[a],y[a]).predict(X[b])\n"
            "return ((y-p)**2).mean()")),
        ("make_scorer", _validate(
            "from sklearn.metrics import make_scorer\n"
            "return cross_val_score(model,X,y,cv=iter(folds),"
            "scoring=make_scorer(mean_squared_error)).mean()")),
    ],
    "mend_report": [
        ("min with a key", _report(
            "d=min(degrees,key=lambda d:error(train,d,validation))\n"
            "return np.array([d,error(train,d,test)])")),
        ("lstsq residual loop", _report(
            "best=None\n"
            "for d in reversed(degrees):\n"
            "    e=error(train,d,validation)\n"
            "    if best is None or e<best[0]: best=(e,d)\n"
            "return np.int64(best[1]), np.float32(error(train,best[1],test))")),
        ("fitted by polyfit", _report(
            "def c(d,s):\n"
            "    w=np.polyfit(train[0]/24,train[1],d); return np.mean((np.polyval(w,"
            "s[0]/24)-s[1])**2)\n"
            "d=int(np.argmin([c(d,validation) for d in degrees]))\n"
            "return d, c(d,test)")),
        ("a pipeline of sklearn", _report(
            "from sklearn.preprocessing import PolynomialFeatures\n"
            "from sklearn.pipeline import make_pipeline\n"
            "def m(d):\n"
            "    return make_pipeline(PolynomialFeatures(d),"
            "LinearRegression()).fit(train[0][:,None]/12-1,train[1])\n"
            "e=[mean_squared_error(validation[1],m(d).predict(validation[0][:,None]/12-1)) "
            "for d in degrees]\n"
            "d=int(np.argmin(e))\n"
            "return d, mean_squared_error(test[1],m(d).predict(test[0][:,None]/12-1))")),
        ("degree as float", _chosen_well("float(degree), error(train,degree,test)")),
    ],
}
