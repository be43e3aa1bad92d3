"""More answers to lab 04, found by trying to mislead its checks.

The lists are like those of `answers_lab04`, whose `IMPORTS` come before each.
"""

def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _right(body):
    return _function("share_right(said, truth)", body)


def _alone(body):
    return _function("one_at_a_time(log)", body)


def _front(body):
    return _function("from_the_front(log)", 'runs = ["", "find", "find+cut", "find+cut+read", '
                     '"find+cut+read+add"]\n' + body)


def _first(body):
    return _function("first_failure(ok)", body)


def _fixes(body):
    return _function("best_fixes(ok, hours, budget)", """def share(fixes):
    kept = [k for k, name in enumerate(STAGES) if name not in fixes]
    return ok[:, kept].all(axis=1).mean()
def cost(fixes):
    return sum(hours[name] for name in fixes)
every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
single = {name: share([name]) - share([]) for name in STAGES}
""" + body)


def _interval(body):
    return _function("gain_interval(before, after)",
                     "rng = np.random.default_rng()\nn, times = len(before), 2000\n" + body)


def _resampled(body):
    return _interval("p=rng.integers(n,size=(times,n))\nd=after.astype(float)-before\n" + body)


def _follows(**changes):
    right = dict.fromkeys("ABCD", "does not follow") | {"B": "follows"}
    return f"follows = {right | changes}"


WRONG = {
    "share_right": [
        ("answered share", _right(
            "return sum(a is not None for a in said)/len(said)"), 0.0, "share-answered"),
        ("silent count half", _right(
            "return sum(0.5 if a is None else a==b for a,b in zip(said,truth))/len(said)"),
         0.0, "silent-as-half"),
        ("divided by answered", _right(
            "return sum(a==b for a,b in zip(said,truth))/sum(a is not None for a in said)"),
         0.0, "silent-left-out"),
        ("whole list equal", _right("return said==truth"), 0.0, "not-one-number"),
        ("a text", _right("return '60 %'"), 0.0, "not-one-number"),
    ],
    "one_at_a_time": [
        ("without it (leave out)", _alone(
            "return {s: log['find+cut+read+add'].mean()-log[s].mean() for s in STAGES}"),
         0.0, "still-missing"),
        ("rescued only", _alone(
            "return {s:(log[s]&~log['']).mean() for s in STAGES}"), 1.0, "rescued-only"),
        ("of wrong pages", _alone(
            "return {s:log[s][~log['']].mean() for s in STAGES}"), 0.0, "of-wrong-pages"),
        ("normalised to sum 1", _alone(
            "g={s:log[s].mean()-log[''].mean() for s in STAGES}\n"
            "t=sum(g.values())\n"
            "return {s:g[s]/t for s in STAGES}"), 0.0, "shares-of-the-sum"),
        ("list of names", _alone("return STAGES"), 0.0, "not-a-table"),
        ("extra order wrong list", _alone(
            "return [log[s].mean()-log[''].mean() for s in STAGES[::-1]]"), 1.5, "other-order"),
        ("NaN for each stage", _alone(
            "return dict.fromkeys(STAGES,float('nan'))"), 0.0, "not-a-table"),
        ("one missing", _alone(
            "return {s: log[s].mean()-log[''].mean() for s in STAGES[:3]}"), 0.0, "not-a-table"),
        ("against the end", _alone(
            "return {s: 1-log[s].mean() for s in STAGES}"), 0.0, "still-missing"),
        ("only the best stage", _alone(
            "return max(STAGES,key=lambda s: log[s].mean())"), 0.0, "not-a-table"),
    ],
    "from_the_front": [
        ("cumulative from the end", _front(
            "return {s: 1-log[a].mean() for s,a in zip(STAGES,runs)}"), 0.0, "still-missing"),
        ("relative steps", _front(
            "return {s: log[b].mean()/log[a].mean()-1 for s,a,b in zip(STAGES,runs,runs[1:])}"),
         0.0, "relative"),
        ("the five shares", _front("return [log[r].mean() for r in runs]"), 0.0, "not-a-table"),
        ("normalised to sum 1", _front(
            "m=[log[r].mean() for r in runs]\n"
            "return {s:(b-a)/(m[-1]-m[0]) for s,a,b in zip(STAGES,m,m[1:])}"),
         0.0, "shares-of-the-sum"),
        ("rescued only", _front(
            "return {s:(log[b]&~log[a]).mean() for s,a,b in zip(STAGES,runs,runs[1:])}"),
         1.0, "rescued-only"),
        ("reversed list", _front(
            "return np.diff([log[r].mean() for r in runs])[::-1]"), 1.5, "other-order"),
        ("runs as keys", _front(
            "return {b: log[b].mean()-log[a].mean() for a,b in zip(runs,runs[1:])}"),
         0.0, "not-a-table"),
        ("NaN for each stage", _front("return [float('nan')]*4"), 0.0, "not-a-table"),
        ("empties the log", _front("m=[log[r].mean() for r in runs]\n"
                                   "log.clear()\n"
                                   "return np.diff(m)"), 1.0, "changes-input"),
    ],
    "first_failure": [
        ("all failures joined", _first(
            "return ['+'.join(s for s,f in zip(STAGES,r) if not f) or 'none' for r in ok]"),
         0.0, "not-a-stage"),
        ("empty for none", _first(
            "return [next((s for s,f in zip(STAGES,r) if not f),'') for r in ok]"),
         0.0, "not-a-stage"),
        ("add for right pages", _first(
            "return [next((s for s,f in zip(STAGES,r) if not f),'add') for r in ok]"),
         1.0, "right-pages-for-the-adder"),
        ("positions from one", _first(
            "return [list(r).index(False)+1 if not all(r) else 0 for r in ok]"),
         0.0, "not-a-stage"),
        ("all failures in lists", _first(
            "return [[s for s,f in zip(STAGES,r) if not f] for r in ok]"), 0.0, "not-a-list"),
        ("a word for each stage", _first(
            "return ['none' if c.all() else STAGES[0] for c in ok.T]"), 0.0, "wrong-length"),
        ("only first stage", _first(
            "return ['none' if r[0] else 'find' for r in ok]"), 0.5, "first-stage-only"),
        ("array of positions", _first("return ok.argmin(axis=1)"), 0.0, "not-a-stage"),
        ("dict by page", _first(
            "return {i: next((s for s,f in zip(STAGES,r) if not f),'none') for i,r in "
            "enumerate(ok)}"), 0.0, "not-a-list"),
        ("another word for none", _first(
            "return [next((s for s,f in zip(STAGES,r) if not f),'all right') for r in ok]"),
         0.0, "not-a-stage"),
    ],
    "best_fixes": [
        ("cheapest sum most stages", _fixes(
            "return max((f for f in every if cost(f)<=budget),key=len)"),
         0.0, "as-many-as-possible"),
        ("strict budget", _fixes(
            "return max((f for f in every if cost(f)<budget),key=share,default=[])"),
         2.0, "an-hour-left-over"),
        ("pairs only", _fixes("fit=[f for f in every if len(f)<=2 and cost(f)<=budget]\n"
                              "return max(fit,key=share)"), 2.0, "two-at-most"),
        ("share per hour", _fixes(
            "return max((f for f in every if f and cost(f)<=budget),key=lambda "
            "f:(share(f)-share([]))/cost(f),default=[])"), 0.0, "per-hour-of-the-set"),
        ("nothing fixed", _fixes("return []"), 0.0, "nothing"),
        ("weakest accuracy first", _fixes(
            "out=[]\n"
            "for k in ok.mean(axis=0).argsort():\n"
            "    if cost([*out,STAGES[k]])<=budget: out.append(STAGES[k])\n"
            "return out"), 1.0, "weakest-first"),
        ("wrong way keeps fixed", _fixes(
            "def sh(f): return ok[:,[k for k,s in enumerate(STAGES) if s in "
            "f]].all(axis=1).mean()\n"
            "return max((f for f in every if cost(f)<=budget),key=sh)"), 0.0, "nothing"),
        ("one stage right is enough", _fixes(
            "def sh(f): return ok[:,[k for k,s in enumerate(STAGES) if s not in "
            "f]].any(axis=1).mean() if len(f)<4 else 1\n"
            "return max((f for f in every if cost(f)<=budget),key=sh)"), 0.0, "nothing"),
        ("dict of hours", _fixes(
            "return {s:hours[s] for s in max((f for f in every if cost(f)<=budget),key=share)}"),
         0.0, "not-stages"),
        ("list of lists", _fixes(
            "return [f for f in every if cost(f)<=budget]"), 0.0, "not-stages"),
        ("the share as well", _fixes("f=max((f for f in every if cost(f)<=budget),key=share)\n"
                                     "return f, share(f)"), 0.0, "not-stages"),
        ("NaN", _fixes("return float('nan')"), 0.0, "not-stages"),
        ("front order", _fixes("out=[]\n"
                               "for s in STAGES:\n"
                               "    if cost([*out,s])<=budget: out.append(s)\n"
                               "return out"), 0.0, "front-first"),
        ("mean accuracy", _fixes(
            "def sh(f): return np.mean([1 if s in f else ok[:,k].mean() for k,s in "
            "enumerate(STAGES)])\n"
            "return max((f for f in every if cost(f)<=budget),key=sh)"), 1.0, "mean-of-stages"),
        ("independent product", _fixes(
            "def sh(f): return np.prod([1 if s in f else ok[:,k].mean() for k,s in "
            "enumerate(STAGES)])\n"
            "return max((f for f in every if cost(f)<=budget),key=sh)"), 2.0, "as-if-independent"),
    ],
    "gain_interval": [
        ("80 percent", _resampled(
            "return np.percentile(d[p].mean(axis=1),[10,90])"), 0.0, "too-narrow"),
        ("percent not quantile", _resampled(
            "return np.quantile(d[p].mean(axis=1),[0.25,0.975])"), 0.0, "too-narrow"),
        ("percentile 0.025", _resampled(
            "return np.percentile(d[p].mean(axis=1),[0.025,0.975])"), 0.0, "elsewhere"),
        ("two sd of pages", _resampled(
            "return d.mean()-2*d.std(),d.mean()+2*d.std()"), 0.0, "pages-not-means"),
        ("divided by n, not its root", _resampled(
            "return d.mean()-1.96*d.std()/n,d.mean()+1.96*d.std()/n"), 0.0, "too-narrow"),
        ("only changed pages", _interval(
            "d=(after.astype(float)-before)\n"
            "d=d[d!=0]\n"
            "p=rng.integers(len(d),size=(times,len(d)))\n"
            "return np.percentile(d[p].mean(axis=1),[2.5,97.5])"), 0.0, "elsewhere"),
        ("se of after", _resampled("s=(after.std()/n**.5)*1.96\n"
                                   "return d.mean()-s,d.mean()+s"), 0.0, "too-wide"),
        ("mean and half width", _resampled(
            "return d.mean(),1.96*d.std()/n**.5"), 0.5, "ends-swapped"),
        ("without replacement", _interval(
            "d=after.astype(float)-before\n"
            "g=[rng.choice(d,n,replace=False).mean() for _ in range(times)]\n"
            "return np.percentile(g,[2.5,97.5])"), 0.0, "too-narrow"),
        ("one sided",
         "def gain_interval(before, after):\n"
         "    rng = np.random.default_rng(3)\n"
         "    n, times = len(before), 2000\n"
         "    p=rng.integers(n,size=(times,n))\n"
         "    d=after.astype(float)-before\n"
         "    g=d[p].mean(axis=1)\n"
         "    return np.percentile(g,5),g.max()", 1.0, "ninety-nine"),
        ("standard error divided twice", _resampled(
            "g=d[p].mean(axis=1)\n"
            "return d.mean()-1.96*g.std()/n**.5,d.mean()+1.96*g.std()/n**.5"), 0.0, "too-narrow"),
        ("95 to 5 (5,95) swapped", _resampled(
            "return np.percentile(d[p].mean(axis=1),[95,5])"), 0.5, "ends-swapped"),
        ("a NaN end", _interval("return float('nan'),1.0"), 0.0, "not-two-numbers"),
        ("the median as well", _resampled(
            "return np.percentile(d[p].mean(axis=1),[2.5,50,97.5])"), 0.0, "not-two-numbers"),
        ("gains in pages", _resampled(
            "return np.percentile(d[p].sum(axis=1),[2.5,97.5])"), 0.0, "pages-not-means"),
        ("relative gain", _resampled(
            "return np.percentile(after[p].mean(axis=1)/before[p].mean(axis=1)-1,[2.5,97.5])"),
         0.0, "elsewhere"),
    ],
    "what_follows": [
        ("all inverted",
         "follows={'A':'follows','B':'does not follow','C':'follows','D':'follows'}",
         0.0, "truth-at-the-end"),
        ("A and C", _follows(A="follows", C="follows"), 1.0, "truth-at-the-end"),
        ("C and D", _follows(C="follows", D="follows"), 1.0, "step-is-not-a-promise"),
        ("maybe", _follows(B="maybe"), 1.5, "word-unknown"),
        ("nothing chosen", "follows=None", 0.0, "not-a-dictionary"),
        ("missing entries", "follows=dict.fromkeys('ABCD',float('nan'))", 0.0, "word-unknown"),
        ("dots left in", _follows(A="...", B="...", C="...", D="..."), 0.0, "word-unknown"),
        ("only follows list", "follows=['B']", 0.0, "not-a-dictionary"),
        ("only a letter", "follows='B'", 0.0, "not-a-dictionary"),
        ("B D swapped", _follows(B="does not follow", D="follows"), 1.0, "own-input-is-enough"),
    ],
}

RIGHT = {
    "share_right": [
        ("by operator.eq", _right(
            "import operator\n"
            "return sum(map(operator.eq,said,truth))/len(said)")),
        ("a Fraction", _right(
            "from fractions import Fraction\n"
            "return Fraction(sum(a==b for a,b in zip(said,truth)),len(said))")),
        ("array of one", _right("return np.array([np.mean([a==b for a,b in zip(said,truth)])])")),
        ("None as NaN", _right("s=np.array(said,dtype=float)\nreturn np.mean(s==np.array(truth))")),
        ("by a table", _right(
            "d=pd.DataFrame({'s':said,'t':truth})\n"
            "return float((d.s==d.t).mean())")),
    ],
    "one_at_a_time": [
        ("DataFrame row", _alone("t=pd.DataFrame(log).mean()\nreturn (t[STAGES]-t['']).to_dict()")),
        ("pairs of differences", _alone(
            "return {s: (log[s].astype(int)-log[''].astype(int)).mean() for s in STAGES}")),
        ("rescued minus broken", _alone(
            "return {s:(log[s]&~log['']).mean()-(log['']&~log[s]).mean() for s in STAGES}")),
        ("extra key total", _alone(
            "g={s: log[s].mean()-log[''].mean() for s in STAGES}\n"
            "g['sum']=sum(g.values())\n"
            "return g")),
        ("list of pairs", _alone("return [(s, log[s].mean()-log[''].mean()) for s in STAGES]")),
    ],
    "from_the_front": [
        ("by joined names", _front(
            "m=[log['+'.join(STAGES[:k])].mean() for k in range(5)]\n"
            "return {s:m[k+1]-m[k] for k,s in enumerate(STAGES)}")),
        ("by a matrix", _front(
            "M=np.array([log[r] for r in runs],float)\n"
            "return dict(zip(STAGES,(M[1:]-M[:-1]).mean(axis=1)))")),
        ("sorted by length", _front(
            "r=sorted((k for k in log if k in runs),key=len)\n"
            "return np.diff([log[k].mean() for k in r]).tolist()")),
    ],
    "first_failure": [
        ("None for none", _first(
            "return [next((s for s,f in zip(STAGES,r) if not f),None) for r in ok]")),
        ("a Series", _first(
            "return pd.Series([next((s for s,f in zip(STAGES,r) if not f),'none') for r in ok])")),
        ("in capitals", _first(
            "return [next((s for s,f in zip(STAGES,r) if not f),'none').upper() for r in ok]")),
        ("backwards", _first(
            "w=np.full(len(ok),'none',dtype=object)\n"
            "for k in (3,2,1,0): w[~ok[:,k]]=STAGES[k]\n"
            "return w")),
        ("if chain", _first(
            "out=[]\n"
            "for f,c,r,a in ok:\n"
            "    out.append('find' if not f else 'cut' if not c else 'read' if not r else "
            "'add' if not a else 'none')\n"
            "return out")),
    ],
    "best_fixes": [
        ("cheapest among best", _fixes(
            "return min((f for f in every if cost(f)<=budget),key=lambda f:(-share(f),cost(f)))")),
        ("product of bools", _fixes(
            "best=[]\n"
            "for b in itertools.product([0,1],repeat=4):\n"
            "    f=[s for s,x in zip(STAGES,b) if x]\n"
            "    if cost(f)<=budget and share(f)>=share(best): best=f\n"
            "return best")),
        ("matrix of ok|fix", _fixes(
            "best,m=[],-1\n"
            "for f in every:\n"
            "    fix=np.array([s in f for s in STAGES])\n"
            "    v=(ok|fix).all(axis=1).mean()\n"
            "    if cost(f)<=budget and v>m: best,m=f,v\n"
            "return best")),
    ],
    "gain_interval": [
        ("mcnemar like", _interval(
            "b=(after&~before).mean();c=(before&~after).mean()\n"
            "g=b-c;s=math.sqrt((b+c-g*g)/n)\n"
            "return g-1.96*s,g+1.96*s")),
        ("DataFrame sample", _interval(
            "t=pd.DataFrame({'b':before,'a':after})\n"
            "g=[]\n"
            "for i in range(1000):\n"
            "    s=t.sample(n,replace=True,random_state=i).to_numpy(float)\n"
            "    g.append(s[:,1].mean()-s[:,0].mean())\n"
            "return {'low':np.quantile(g,.025),'high':np.quantile(g,.975)}")),
        ("multinomial", _interval(
            "w=rng.multinomial(n,np.ones(n)/n,size=times)\n"
            "g=w@(after.astype(float)-before)/n\n"
            "return np.sort(g)[[50,1949]]")),
        ("two se", _interval(
            "d=after.astype(float)-before\n"
            "s=2*d.std()/n**.5\n"
            "return (d.mean()-s, d.mean()+s)")),
        ("t quantile", _interval(
            "from scipy.stats import t\n"
            "d=after.astype(float)-before\n"
            "return t.interval(.95,n-1,d.mean(),d.std(ddof=1)/n**.5)")),
    ],
    "what_follows": [
        ("sentence keys",
         "follows={'sentence A':'no','sentence B':'yes','sentence C':'no','sentence D':'no'}"),
        ("truth values of NumPy", "follows=dict(zip('ABCD',np.array([False,True,False,False])))"),
        ("it follows", _follows(A="it doesn't follow", B="It follows.")),
        ("zeros and ones", "follows={'A':0,'B':1,'C':0,'D':0}"),
        ("bool Series", "follows=pd.Series([False,True,False,False],index=list('ABCD'))"),
    ],
}
