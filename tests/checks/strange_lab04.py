"""More answers to lab 04, found by trying to mislead its checks.

The lists are like those of `answers_lab04`, whose `IMPORTS` come before each.
"""
# ruff: noqa: E501

WRONG = {
    "share_right": [
        ('answered share', """def share_right(said, truth):
    return sum(a is not None for a in said)/len(said)""", 0.0, 'share-answered'),
        ('silent count half', """def share_right(said, truth):
    return sum(0.5 if a is None else a==b for a,b in zip(said,truth))/len(said)""", 0.0, 'silent-as-half'),
        ('divided by answered', """def share_right(said, truth):
    return sum(a==b for a,b in zip(said,truth))/sum(a is not None for a in said)""", 0.0, 'silent-left-out'),
        ('whole list equal', """def share_right(said, truth):
    return said==truth""", 0.0, 'not-one-number'),
        ('text', """def share_right(said, truth):
    return '60 %'""", 0.0, 'not-one-number'),
    ],
    "one_at_a_time": [
        ('without it (leave out)', """def one_at_a_time(log):
    return {s: log['find+cut+read+add'].mean()-log[s].mean() for s in STAGES}""", 0.0, 'still-missing'),
        ('rescued only', """def one_at_a_time(log):
    return {s:(log[s]&~log['']).mean() for s in STAGES}""", 1.0, 'rescued-only'),
        ('of wrong pages', """def one_at_a_time(log):
    return {s:log[s][~log['']].mean() for s in STAGES}""", 0.0, 'of-wrong-pages'),
        ('normalised to sum 1', """def one_at_a_time(log):
    g={s:log[s].mean()-log[''].mean() for s in STAGES}
    t=sum(g.values())
    return {s:g[s]/t for s in STAGES}""", 0.0, 'shares-of-the-sum'),
        ('list of names', """def one_at_a_time(log):
    return STAGES""", 0.0, 'not-a-table'),
        ('extra order wrong list', """def one_at_a_time(log):
    return [log[s].mean()-log[''].mean() for s in STAGES[::-1]]""", 1.5, 'other-order'),
        ('NaN', """def one_at_a_time(log):
    return dict.fromkeys(STAGES,float('nan'))""", 0.0, 'not-a-table'),
        ('one missing', """def one_at_a_time(log):
    return {s: log[s].mean()-log[''].mean() for s in STAGES[:3]}""", 0.0, 'not-a-table'),
        ('against the end', """def one_at_a_time(log):
    return {s: 1-log[s].mean() for s in STAGES}""", 0.0, 'still-missing'),
        ('max', """def one_at_a_time(log):
    return max(STAGES,key=lambda s: log[s].mean())""", 0.0, 'not-a-table'),
    ],
    "from_the_front": [
        ('cumulative from the end', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return {s: 1-log[a].mean() for s,a in zip(STAGES,runs)}""", 0.0, 'still-missing'),
        ('relative steps', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return {s: log[b].mean()/log[a].mean()-1 for s,a,b in zip(STAGES,runs,runs[1:])}""", 0.0, 'relative'),
        ('five', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return [log[r].mean() for r in runs]""", 0.0, 'not-a-table'),
        ('normalised', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    m=[log[r].mean() for r in runs]
    return {s:(b-a)/(m[-1]-m[0]) for s,a,b in zip(STAGES,m,m[1:])}""", 0.0, 'shares-of-the-sum'),
        ('rescued', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return {s:(log[b]&~log[a]).mean() for s,a,b in zip(STAGES,runs,runs[1:])}""", 1.0, 'rescued-only'),
        ('reversed list', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return np.diff([log[r].mean() for r in runs])[::-1]""", 1.5, 'other-order'),
        ('keys runs', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return {b: log[b].mean()-log[a].mean() for a,b in zip(runs,runs[1:])}""", 0.0, 'not-a-table'),
        ('NaN', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    return [float('nan')]*4""", 0.0, 'not-a-table'),
        ('in place', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    m=[log[r].mean() for r in runs]
    log.clear()
    return np.diff(m)""", 1.0, 'changes-input'),
    ],
    "first_failure": [
        ('all failures joined', """def first_failure(ok):
    return ['+'.join(s for s,f in zip(STAGES,r) if not f) or 'none' for r in ok]""", 0.0, 'not-a-stage'),
        ('empty for none', """def first_failure(ok):
    return [next((s for s,f in zip(STAGES,r) if not f),'') for r in ok]""", 0.0, 'not-a-stage'),
        ('add for right pages', """def first_failure(ok):
    return [next((s for s,f in zip(STAGES,r) if not f),'add') for r in ok]""", 1.0, 'right-pages-for-the-adder'),
        ('one based', """def first_failure(ok):
    return [list(r).index(False)+1 if not all(r) else 0 for r in ok]""", 0.0, 'not-a-stage'),
        ('two dim', """def first_failure(ok):
    return [[s for s,f in zip(STAGES,r) if not f] for r in ok]""", 0.0, 'not-a-list'),
        ('columns', """def first_failure(ok):
    return ['none' if c.all() else STAGES[0] for c in ok.T]""", 0.0, 'wrong-length'),
        ('only first stage', """def first_failure(ok):
    return ['none' if r[0] else 'find' for r in ok]""", 0.5, 'first-stage-only'),
        ('array of positions', """def first_failure(ok):
    return ok.argmin(axis=1)""", 0.0, 'not-a-stage'),
        ('dict by page', """def first_failure(ok):
    return {i: next((s for s,f in zip(STAGES,r) if not f),'none') for i,r in enumerate(ok)}""", 0.0, 'not-a-list'),
        ('right word', """def first_failure(ok):
    return [next((s for s,f in zip(STAGES,r) if not f),'all right') for r in ok]""", 0.0, 'not-a-stage'),
    ],
    "best_fixes": [
        ('cheapest sum most stages', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return max((f for f in every if cost(f)<=budget),key=len)""", 0.0, 'as-many-as-possible'),
        ('strict budget', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return max((f for f in every if cost(f)<budget),key=share,default=[])""", 2.0, 'an-hour-left-over'),
        ('pairs only', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    fit=[f for f in every if len(f)<=2 and cost(f)<=budget]
    return max(fit,key=share)""", 2.0, 'two-at-most'),
        ('share per hour', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return max((f for f in every if f and cost(f)<=budget),key=lambda f:(share(f)-share([]))/cost(f),default=[])""", 0.0, 'per-hour-of-the-set'),
        ('nothing', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return []""", 0.0, 'nothing'),
        ('weakest accuracy first', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    out=[]
    for k in ok.mean(axis=0).argsort():
        if cost([*out,STAGES[k]])<=budget: out.append(STAGES[k])
    return out""", 1.0, 'weakest-first'),
        ('wrong way keeps fixed', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    def sh(f): return ok[:,[k for k,s in enumerate(STAGES) if s in f]].all(axis=1).mean()
    return max((f for f in every if cost(f)<=budget),key=sh)""", 0.0, 'nothing'),
        ('pages any', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    def sh(f): return ok[:,[k for k,s in enumerate(STAGES) if s not in f]].any(axis=1).mean() if len(f)<4 else 1
    return max((f for f in every if cost(f)<=budget),key=sh)""", 0.0, 'nothing'),
        ('dict of hours', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return {s:hours[s] for s in max((f for f in every if cost(f)<=budget),key=share)}""", 0.0, 'not-stages'),
        ('list of lists', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return [f for f in every if cost(f)<=budget]""", 0.0, 'not-stages'),
        ('and share', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    f=max((f for f in every if cost(f)<=budget),key=share)
    return f, share(f)""", 0.0, 'not-stages'),
        ('NaN', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return float('nan')""", 0.0, 'not-stages'),
        ('front order', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    out=[]
    for s in STAGES:
        if cost([*out,s])<=budget: out.append(s)
    return out""", 0.0, 'front-first'),
        ('mean accuracy', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    def sh(f): return np.mean([1 if s in f else ok[:,k].mean() for k,s in enumerate(STAGES)])
    return max((f for f in every if cost(f)<=budget),key=sh)""", 1.0, 'mean-of-stages'),
        ('independent product', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    def sh(f): return np.prod([1 if s in f else ok[:,k].mean() for k,s in enumerate(STAGES)])
    return max((f for f in every if cost(f)<=budget),key=sh)""", 2.0, 'as-if-independent'),
    ],
    "gain_interval": [
        ('89 or 80 %', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.percentile(d[p].mean(axis=1),[10,90])""", 0.0, 'too-narrow'),
        ('percent not quantile', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.quantile(d[p].mean(axis=1),[0.25,0.975])""", 0.0, 'too-narrow'),
        ('percentile 0.025', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.percentile(d[p].mean(axis=1),[0.025,0.975])""", 0.0, 'elsewhere'),
        ('two sd of pages', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return d.mean()-2*d.std(),d.mean()+2*d.std()""", 0.0, 'pages-not-means'),
        ('sd / n', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return d.mean()-1.96*d.std()/n,d.mean()+1.96*d.std()/n""", 0.0, 'too-narrow'),
        ('only changed pages', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    d=(after.astype(float)-before)
    d=d[d!=0]
    p=rng.integers(len(d),size=(times,len(d)))
    return np.percentile(d[p].mean(axis=1),[2.5,97.5])""", 0.0, 'elsewhere'),
        ('se of after', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    s=(after.std()/n**.5)*1.96
    return d.mean()-s,d.mean()+s""", 0.0, 'too-wide'),
        ('mean and half width', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return d.mean(),1.96*d.std()/n**.5""", 0.5, 'ends-swapped'),
        ('without replacement', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    d=after.astype(float)-before
    g=[rng.choice(d,n,replace=False).mean() for _ in range(times)]
    return np.percentile(g,[2.5,97.5])""", 0.0, 'too-narrow'),
        ('one sided', """def gain_interval(before, after):
    rng = np.random.default_rng(3)
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    g=d[p].mean(axis=1)
    return np.percentile(g,5),g.max()""", 1.0, 'ninety-nine'),
        ('se twice', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    g=d[p].mean(axis=1)
    return d.mean()-1.96*g.std()/n**.5,d.mean()+1.96*g.std()/n**.5""", 0.0, 'too-narrow'),
        ('95 to 5 (5,95) swapped', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.percentile(d[p].mean(axis=1),[95,5])""", 0.5, 'ends-swapped'),
        ('NaN', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    return float('nan'),1.0""", 0.0, 'not-two-numbers'),
        ('three', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.percentile(d[p].mean(axis=1),[2.5,50,97.5])""", 0.0, 'not-two-numbers'),
        ('counts', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.percentile(d[p].sum(axis=1),[2.5,97.5])""", 0.0, 'pages-not-means'),
        ('relative gain', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    p=rng.integers(n,size=(times,n))
    d=after.astype(float)-before
    return np.percentile(after[p].mean(axis=1)/before[p].mean(axis=1)-1,[2.5,97.5])""", 0.0, 'elsewhere'),
    ],
    "what_follows": [
        ('inverted', """follows={'A':'follows','B':'does not follow','C':'follows','D':'follows'}""", 0.0, 'truth-at-the-end'),
        ('A and C', """follows = {'A': 'follows', 'B': 'follows', 'C': 'follows', 'D': 'does not follow'}""", 1.0, 'truth-at-the-end'),
        ('C and D', """follows = {'A': 'does not follow', 'B': 'follows', 'C': 'follows', 'D': 'follows'}""", 1.0, 'step-is-not-a-promise'),
        ('maybe', """follows = {'A': 'does not follow', 'B': 'maybe', 'C': 'does not follow', 'D': 'does not follow'}""", 1.5, 'word-unknown'),
        ('None', """follows=None""", 0.0, 'not-a-dictionary'),
        ('NaN', """follows=dict.fromkeys('ABCD',float('nan'))""", 0.0, 'word-unknown'),
        ('dots', """follows = {'A': '...', 'B': '...', 'C': '...', 'D': '...'}""", 0.0, 'word-unknown'),
        ('only follows list', """follows=['B']""", 0.0, 'not-a-dictionary'),
        ('text', """follows='B'""", 0.0, 'not-a-dictionary'),
        ('B D swapped', """follows = {'A': 'does not follow', 'B': 'does not follow', 'C': 'does not follow', 'D': 'follows'}""", 1.0, 'own-input-is-enough'),
    ],
}

RIGHT = {
    "share_right": [
        ('map eq', """def share_right(said, truth):
    import operator
    return sum(map(operator.eq,said,truth))/len(said)"""),
        ('fraction', """def share_right(said, truth):
    from fractions import Fraction
    return Fraction(sum(a==b for a,b in zip(said,truth)),len(said))"""),
        ('array of one', """def share_right(said, truth):
    return np.array([np.mean([a==b for a,b in zip(said,truth)])])"""),
        ('nan floats', """def share_right(said, truth):
    s=np.array(said,dtype=float)
    return np.mean(s==np.array(truth))"""),
        ('DataFrame', """def share_right(said, truth):
    d=pd.DataFrame({'s':said,'t':truth})
    return float((d.s==d.t).mean())"""),
    ],
    "one_at_a_time": [
        ('DataFrame row', """def one_at_a_time(log):
    t=pd.DataFrame(log).mean()
    return (t[STAGES]-t['']).to_dict()"""),
        ('pairs of differences', """def one_at_a_time(log):
    return {s: (log[s].astype(int)-log[''].astype(int)).mean() for s in STAGES}"""),
        ('rescued minus broken', """def one_at_a_time(log):
    return {s:(log[s]&~log['']).mean()-(log['']&~log[s]).mean() for s in STAGES}"""),
        ('extra key total', """def one_at_a_time(log):
    g={s: log[s].mean()-log[''].mean() for s in STAGES}
    g['sum']=sum(g.values())
    return g"""),
        ('list of pairs', """def one_at_a_time(log):
    return [(s, log[s].mean()-log[''].mean()) for s in STAGES]"""),
    ],
    "from_the_front": [
        ('accumulate', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    m=[log['+'.join(STAGES[:k])].mean() for k in range(5)]
    return {s:m[k+1]-m[k] for k,s in enumerate(STAGES)}"""),
        ('matrix', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    M=np.array([log[r] for r in runs],float)
    return dict(zip(STAGES,(M[1:]-M[:-1]).mean(axis=1)))"""),
        ('sorted by length', """def from_the_front(log):
    runs = ["", "find", "find+cut", "find+cut+read", "find+cut+read+add"]
    r=sorted((k for k in log if k in runs),key=len)
    return np.diff([log[k].mean() for k in r]).tolist()"""),
    ],
    "first_failure": [
        ('None for none', """def first_failure(ok):
    return [next((s for s,f in zip(STAGES,r) if not f),None) for r in ok]"""),
        ('Series', """def first_failure(ok):
    return pd.Series([next((s for s,f in zip(STAGES,r) if not f),'none') for r in ok])"""),
        ('upper', """def first_failure(ok):
    return [next((s for s,f in zip(STAGES,r) if not f),'none').upper() for r in ok]"""),
        ('backwards', """def first_failure(ok):
    w=np.full(len(ok),'none',dtype=object)
    for k in (3,2,1,0): w[~ok[:,k]]=STAGES[k]
    return w"""),
        ('if chain', """def first_failure(ok):
    out=[]
    for f,c,r,a in ok:
        out.append('find' if not f else 'cut' if not c else 'read' if not r else 'add' if not a else 'none')
    return out"""),
    ],
    "best_fixes": [
        ('cheapest among best', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    return min((f for f in every if cost(f)<=budget),key=lambda f:(-share(f),cost(f)))"""),
        ('product of bools', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    best=[]
    for b in itertools.product([0,1],repeat=4):
        f=[s for s,x in zip(STAGES,b) if x]
        if cost(f)<=budget and share(f)>=share(best): best=f
    return best"""),
        ('matrix of ok|fix', """def best_fixes(ok, hours, budget):
    def share(fixes):
        kept = [k for k, name in enumerate(STAGES) if name not in fixes]
        return ok[:, kept].all(axis=1).mean()
    def cost(fixes):
        return sum(hours[name] for name in fixes)
    every = [list(c) for n in range(5) for c in combinations(STAGES, n)]
    single = {name: share([name]) - share([]) for name in STAGES}
    best,m=[],-1
    for f in every:
        fix=np.array([s in f for s in STAGES])
        v=(ok|fix).all(axis=1).mean()
        if cost(f)<=budget and v>m: best,m=f,v
    return best"""),
    ],
    "gain_interval": [
        ('mcnemar like', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    b=(after&~before).mean();c=(before&~after).mean()
    g=b-c;s=math.sqrt((b+c-g*g)/n)
    return g-1.96*s,g+1.96*s"""),
        ('DataFrame sample', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    t=pd.DataFrame({'b':before,'a':after})
    g=[]
    for i in range(1000):
        s=t.sample(n,replace=True,random_state=i).to_numpy(float)
        g.append(s[:,1].mean()-s[:,0].mean())
    return {'low':np.quantile(g,.025),'high':np.quantile(g,.975)}"""),
        ('multinomial', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    w=rng.multinomial(n,np.ones(n)/n,size=times)
    g=w@(after.astype(float)-before)/n
    return np.sort(g)[[50,1949]]"""),
        ('two se', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    d=after.astype(float)-before
    s=2*d.std()/n**.5
    return (d.mean()-s, d.mean()+s)"""),
        ('t quantile', """def gain_interval(before, after):
    rng = np.random.default_rng()
    n, times = len(before), 2000
    from scipy.stats import t
    d=after.astype(float)-before
    return t.interval(.95,n-1,d.mean(),d.std(ddof=1)/n**.5)"""),
    ],
    "what_follows": [
        ('sentence keys', """follows={'sentence A':'no','sentence B':'yes','sentence C':'no','sentence D':'no'}"""),
        ('np bool', """follows=dict(zip('ABCD',np.array([False,True,False,False])))"""),
        ('it follows', """follows = {'A': "it doesn't follow", 'B': 'It follows.', 'C': 'does not follow', 'D': 'does not follow'}"""),
        ('0/1', """follows={'A':0,'B':1,'C':0,'D':0}"""),
        ('bool Series', """follows=pd.Series([False,True,False,False],index=list('ABCD'))"""),
    ],
}
