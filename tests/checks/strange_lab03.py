"""More answers to lab 03, found by trying to mislead its checks.

The lists are like those of `answers_lab03`, whose `IMPORTS` come before each.
"""

def _function(head, body):
    return f"def {head}:\n    " + body.replace("\n", "\n    ")


def _diagnosis(**changes):
    right = {"A": "overfits", "B": "underfits", "C": "fits", "D": "suspicious",
             "E": "nothing to learn", "F": "fits"}
    return f"diagnosis = {right | changes}"


def _stop(improves="losses[epoch] < losses[best] - min_delta", reset="0",
          enough="waited >= patience", stop="epoch, best", last="len(losses) - 1, best"):
    return f"""
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if {improves}:
            best, waited = epoch, {reset}
        else:
            waited += 1
        if {enough}:
            return {stop}
    return {last}"""


def _own_stop(body):
    return _function("stop_early(losses,patience,min_delta=0.0)", body)


def _fitted(body):
    return _function(
        "choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test)",
        "def error(model, X, y): return np.mean(model.predict(X) != y)\n"
        "for model in models: model.fit(X_train, y_train)\n" + body)


def _chosen(body):
    return _fitted("errors = [error(model, X_valid, y_valid) for model in models]\n"
                   "best = int(np.argmin(errors))\n" + body)


def _ridge(body):
    return _function("ridge(w, b, X, y, strength)", "n = len(y)\nr = X @ w + b - y\n" + body)


def _three(loss="np.mean(r**2) + strength * np.sum(w**2)",
           grad_w="2 * X.T @ r / n + 2 * strength * w", grad_b="2 * np.mean(r)"):
    return _ridge(f"return {loss}, {grad_w}, {grad_b}")


def _shifts(body="return np.concatenate(moved), np.tile(labels,5)", padded="images", mode="",
            moves="((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))"):
    return "\n" + _function(
        "with_shifts(images, labels)",
        "n, h, w = images.shape\n"
        f"p = np.pad({padded}, ((0, 0), (1, 1), (1, 1)){mode})\n"
        f"moved = [p[:, i:i + h, j:j + w] for i, j in {moves}]\n" + body)


def _own_shifts(body):
    return _function("with_shifts(images,labels)", body)


def _optimism(result):
    return _function("optimism(k, n, error, rng)",
                     "observed = rng.binomial(n, error, size=(3000, k)) / n\n"
                     f"return {result}")


WRONG = {
    "diagnose": [
        ("A fits", _diagnosis(A="fits"), 2.5, "gap-is-overfitting"),
        ("B fits", _diagnosis(B="fits"), 2.5, "fails-on-what-it-sees"),
        ("C overfits", _diagnosis(C="overfits"), 2.5, "near-what-people-reach"),
        ("D overfits", _diagnosis(D="overfits"), 2.5, "better-on-unseen"),
        ("D underfits", _diagnosis(D="underfits"), 2.5, "better-on-unseen"),
        ("E underfits", _diagnosis(E="underfits"), 2.5, "never-above-chance"),
        ("E suspicious", _diagnosis(E="suspicious"), 2.5, "never-above-chance"),
        ("F nothing", _diagnosis(F="nothing to learn"), 2.5, "people-disagree-too"),
        ("A suspicious", _diagnosis(A="suspicious"), 2.5, "gap-is-overfitting"),
        ("all fits", "diagnosis=dict.fromkeys('ABCDEF','fits')", 1.0, "gap-is-overfitting"),
        ("nothing chosen", "diagnosis=None", 0.0, "not-a-dictionary"),
        ("missing entries", "diagnosis=dict.fromkeys('ABCDEF',float('nan'))", 0.0, "word-unknown"),
        ("dots left in", "diagnosis=dict.fromkeys('ABCDEF','...')", 0.0, "word-unknown"),
        ("series no labels", "diagnosis=pd.Series(['overfits']*6)", 0.0, "not-a-dictionary"),
    ],
    "stop_early": [
        ("patience >= after best idx", _own_stop("best=0\n"
                                                 "for e in range(len(losses)):\n"
                                                 "    if losses[e]<losses[best]-min_delta: best=e\n"
                                                 "    elif e-best>patience: return e,best\n"
                                                 "return len(losses)-1,best"), 1.5, "off-by-one"),
        ("min_delta wrong sign", _stop(
            improves="losses[epoch] < losses[best] + min_delta"), 1.5, "min-delta-added"),
        ("min_delta relative", _stop(
            improves="losses[epoch] < losses[best]*(1-min_delta)"), 1.5, "min-delta-as-share"),
        ("returns epoch-1", _stop(stop="epoch - 1, best"), 2.25, "stop-before"),
        ("one epoch too early", _stop(enough="waited >= patience - 1"), 1.5, "too-early"),
        ("wait before test", _stop(enough="waited + 1 >= patience"), 1.5, "too-early"),
        ("lowest of window", _own_stop(
            "for e in range(patience,len(losses)):\n"
            "    if min(losses[e-patience+1:e+1])>=losses[e-patience]: return e,e-patience\n"
            "return len(losses)-1,int(np.nanargmin(losses))"), 1.5, "no-min-delta"),
        ("at least min_delta", _stop(
            improves="losses[best]-losses[epoch] >= min_delta"), 1.5, "ties"),
        ("NaN stops", _own_stop("best=waited=0\n"
                                "for e in range(1,len(losses)):\n"
                                "    if math.isnan(losses[e]): return e,best\n"
                                "    if losses[e]<losses[best]-min_delta: best,waited=e,0\n"
                                "    else: waited+=1\n"
                                "    if waited==patience: return e,best\n"
                                "return len(losses)-1,best"), 2.25, "nan"),
        ("drops NaN rows", _own_stop("losses=[x for x in losses if x==x]\n"
                                     "best=waited=0\n"
                                     "for e in range(1,len(losses)):\n"
                                     "    if losses[e]<losses[best]-min_delta: best,waited=e,0\n"
                                     "    else: waited+=1\n"
                                     "    if waited==patience: return e,best\n"
                                     "return len(losses)-1,best"), 2.25, "nan"),
        ("reset to 1", _stop(reset="1"), 1.5, "never-back-to-zero"),
        ("stops with an error at NaN", _stop(
            improves="int(losses[epoch]*1e9) < int((losses[best]-min_delta)*1e9)"), 2.25, "nan"),
        ("a text", _stop(stop="f'{epoch}'", last="'x'"), 0.0, "not-two-numbers"),
    ],
    "choose_and_report": [
        ("error in percent", _chosen(
            "return best, 100*error(models[best], X_test, y_test)"), 1.5, "percent"),
        ("how many are wrong", _chosen(
            "return best, len(y_test)*error(models[best], X_test, y_test)"), 1.5, "counted"),
        ("error before the model", _fitted(
            "e=[error(m,X_valid,y_valid) for m in models]\n"
            "b=int(np.argmin(e))\n"
            "return error(models[b],X_test,y_test), b"), 1.5, "swapped"),
        ("models counted from one", _chosen(
            "return best + 1, error(models[best], X_test, y_test)"), 1.5, "counts-from-one"),
        ("mean of val and test", _chosen(
            "return best, 0.5*error(models[best],X_valid,y_valid)+0.5*error(models[best], "
            "X_test, y_test)"), 1.0, "mean-of-both"),
        ("smallest test error any", _fitted(
            "e=[error(m,X_valid,y_valid) for m in models]\n"
            "b=int(np.argmin(e))\n"
            "return b, min(error(m,X_test,y_test) for m in models)"), 1.0, "smallest-on-test"),
        ("all val errors", _fitted("e=[error(m,X_valid,y_valid) for m in models]\n"
                                   "return int(np.argmin(e)), e"), 0.0, "not-two-numbers"),
    ],
    "ridge": [
        ("half of everything", _ridge(
            "return np.mean(r**2)/2 + strength*np.sum(w**2)/2, X.T@r/n+strength*w, np.mean(r)"),
         0.0, "all-halved"),
        ("norm not squared", _three(
            loss="np.mean(r**2)+strength*np.linalg.norm(w)",
            grad_w="2*X.T@r/n+strength*w/np.linalg.norm(w)"), 1.0, "loss-differs"),
        ("mean of squared weights", _three(
            loss="np.mean(r**2)+strength*np.mean(w**2)", grad_w="2*X.T@r/n+2*strength*w/len(w)"),
         1.0, "loss-differs"),
        ("forgot b",
         "def ridge(w,b,X,y,strength):\n"
         "    r=X@w-y\n"
         "    return np.mean(r**2)+strength*np.sum(w**2),2*X.T@r/len(y)+2*strength*w,2*np.mean(r)",
         0.0, "bias-forgotten"),
        ("penalty subtracted", _three(
            loss="np.mean(r**2)-strength*np.sum(w**2)", grad_w="2*X.T@r/n-2*strength*w"),
         1.0, "penalty-subtracted"),
        ("strength squared", _three(
            loss="np.mean(r**2)+strength**2*np.sum(w**2)", grad_w="2*X.T@r/n+2*strength**2*w"),
         1.0, "loss-differs"),
        ("grad_b zero", _three(grad_b="0.0"), 2.0, "bias-gradient-differs"),
        ("grad_b sum", _three(grad_b="2*np.sum(r)"), 2.0, "bias-gradient-differs"),
        ("grad_w without /n", _three(
            grad_w="2*X.T@r+2*strength*w"), 2.0, "weights-gradient-differs"),
        ("X not transposed mean", _three(
            grad_w="2*np.mean(r)*X.mean(axis=0)+2*strength*w"), 2.0, "weights-gradient-differs"),
        ("divided by d", _three(
            grad_w="2*X.T@r/X.shape[1]+2*strength*w"), 2.0, "weights-gradient-differs"),
        ("order w b loss", _ridge(
            "return 2 * X.T @ r / n + 2 * strength * w, 2 * np.mean(r), np.mean(r**2) + "
            "strength * np.sum(w**2)"), 0.0, "wrong-shape"),
        ("a dictionary of the loss", _ridge(
            "return dict(loss=np.mean(r**2) + strength * np.sum(w**2))"), 0.0, "not-three"),
        ("bias gradient is NaN", _three(grad_b="float('nan')"), 2.0, "bias-gradient-differs"),
        ("three letters", _ridge("return 'a','b','c'"), 0.0, "not-three"),
        ("grad of penalty sums", _three(
            grad_w="2*X.T@r/n+2*strength*np.sum(w)"), 2.0, "weights-gradient-differs"),
        ("grad_w mean over rows n2", _three(
            grad_w="np.mean(2*X.T@r/n)+2*strength*w"), 2.0, "weights-gradient-differs"),
        ("absolute error", _three(
            loss="np.mean(np.abs(r))+strength*np.sum(w**2)"), 2.0, "loss-differs"),
    ],
    "with_shifts": [
        ("only diagonal", _shifts(moves="((1,1),(0,0),(2,2),(0,2),(2,0))"), 0.0, "other-pictures"),
        ("nine shifts", _shifts(
            body="return np.concatenate(moved), np.tile(labels,9)",
            moves="[(i,j) for i in range(3) for j in range(3)]"), 0.0, "other-pictures"),
        ("twice original", _shifts(moves="((1,1),(1,1),(2,1),(1,0),(1,2))"), 1.0, "not-every-move"),
        ("ones as paper", _shifts(mode=", constant_values=1"), 0.0, "other-pictures"),
        ("padded size", _own_shifts(
            "p=np.pad(images,((0,0),(1,1),(1,1)))\n"
            "return np.concatenate([p]*5),np.tile(labels,5)"), 0.0, "wrong-shape"),
        ("list of five arrays", _shifts(body="return moved, [labels]*5"), 0.0, "wrong-shape"),
        ("stacked instead of joined", _shifts(
            body="return np.stack(moved), np.tile(labels,5)"), 0.0, "wrong-shape"),
        ("labels zero", _shifts(
            body="return np.concatenate(moved), np.zeros(5*n)"), 0.5, "labels-out-of-order"),
        ("labels sorted", _shifts(
            body="return np.concatenate(moved), np.sort(np.tile(labels,5))"),
         0.5, "labels-out-of-order"),
        ("edge reflected", _shifts(mode=", mode='reflect'"), 0.0, "other-pictures"),
        ("roll but not erased one", _own_shifts(
            "l,r,u,d=[np.roll(images,s,axis=a) for s,a in ((-1,2),(1,2),(-1,1),(1,1))]\n"
            "l[:,:,-1]=0; r[:,:,0]=0; u[:,-1]=0\n"
            "return np.concatenate([images,l,r,u,d]),np.tile(labels,5)"), 0.0, "other-pictures"),
        ("erase wrong edge", _own_shifts(
            "l,r,u,d=[np.roll(images,s,axis=a) for s,a in ((-1,2),(1,2),(-1,1),(1,1))]\n"
            "l[:,:,0]=0; r[:,:,-1]=0; u[:,0]=0; d[:,-1]=0\n"
            "return np.concatenate([images,l,r,u,d]),np.tile(labels,5)"), 0.0, "other-pictures"),
        ("labels first", _shifts(
            body="return np.tile(labels,5), np.concatenate(moved)"), 0.0, "wrong-shape"),
        ("a dictionary of shifts", _shifts(
            body="return {i:m for i,m in enumerate(moved)}"), 0.0, "not-two-arrays"),
        ("NaN paper", _shifts(
            padded="images.astype(float)", mode=", constant_values=np.nan"), 0.0, "other-pictures"),
        ("mirrored and turned", _own_shifts(
            "return np.concatenate([images,images[:,:,::-1],images[:,::-1],images.transpose(0,"
            "2,1)[:, :images.shape[1], :images.shape[2]] if images.shape[1]==images.shape[2] "
            "else images[:,::-1,::-1],images]),np.tile(labels,5)"), 0.0, "other-pictures"),
        ("shapes hard-coded 8", _own_shifts(
            "out=[]\n"
            "for dy,dx in ((0,0),(1,0),(-1,0),(0,1),(0,-1)):\n"
            "    p=np.pad(images,((0,0),(1,1),(1,1))); out.append(p[:,1-dy:9-dy,1-dx:9-dx])\n"
            "return np.concatenate(out),np.tile(labels,5)"), 0.0, "wrong-shape"),
    ],
    "find_leak": [
        ("between two lines", "leaking_line = 2.5", 0.0, "not-a-line"),
        ("nothing chosen", "leaking_line=None", 0.0, "not-a-line"),
        ("a line too far", "leaking_line=7", 0.0, "not-a-line"),
        ("the line's code",
         "leaking_line='images, labels = with_shifts(images, labels)'", 0.0, "not-a-line"),
        ("NaN", "leaking_line=float('nan')", 0.0, "not-a-line"),
        ("a line before the first", "leaking_line=0", 0.0, "not-a-line"),
        ("a truth value", "leaking_line=True", 0.0, "not-a-line"),
        ("between 2 and 3 in words", "leaking_line='between 2 and 3'", 0.0, "not-a-line"),
        ("a function instead", "def leaking_line(): return 2", 0.0, "not-a-line"),
    ],
    "optimism": [
        ("counts not shares", _optimism(
            "error*n-n*observed.min(axis=1).mean()"), 1.5, "counts-rows"),
        ("k,n swapped",
         "def optimism(k,n,error,rng):\n"
         "    o=rng.binomial(k,error,size=(5000,n))/k\n"
         "    return error-o.min(axis=1).mean()", 0.5, "k-and-n-swapped"),
        ("k-1 first half only", _optimism("error-observed[:,0].mean()"), 0.0, "no-choice"),
        ("best accuracy 1-error", _optimism(
            "(1-error)-observed.min(axis=1).mean()"), 0.5, "error-and-accuracy"),
        ("relative to the error", _optimism(
            "(error-observed.min(axis=1).mean())/error"), 1.0, "relative"),
        ("a text", _optimism("'x'"), 0.0, "not-one-number"),
        ("per model tuple", _optimism("error, observed.min(axis=1).mean()"), 0.0, "not-one-number"),
    ],
}

RIGHT = {
    "diagnose": [
        ("whole sentences", _diagnosis(A="it overfits", B="It underfits", C="it fits",
                                       D="suspicious!", E="there is nothing to learn")),
        ("keys with team",
         "diagnosis={'team A':'overfits','Team B':'underfits','team C':'fits','team "
         "D':'suspicious','team E':'nothing to learn','team F':'fits'}"),
        ("synonyms", _diagnosis(B="Underfit", C="well fitted", D="data leak", E="pure noise")),
        ("suspicious measurement", _diagnosis(A="overfit", D="the measurement is suspicious")),
    ],
    "stop_early": [
        ("best loss = inf first", _own_stop(
            'low,best,bad=float("inf"),0,0\n'
            "for e,x in enumerate(losses):\n"
            "    if low-x>min_delta: low,best,bad=x,e,0\n"
            "    else: bad+=1\n"
            "    if bad>=patience: break\n"
            "return e,best")),
        ("a class with a step",
         "class ES:\n"
         "    def __init__(s,p,d): s.p,s.d,s.b,s.w,s.l=p,d,0,0,None\n"
         "    def step(s,e,x):\n"
         "        if s.l is None or x<s.l-s.d: s.b,s.l,s.w=e,x,0; return False\n"
         "        s.w+=1; return s.w>=s.p\n"
         "def stop_early(losses,patience,min_delta=0.0):\n"
         "    es=ES(patience,min_delta)\n"
         "    for e,x in enumerate(losses):\n"
         "        if es.step(e,x): return e,es.b\n"
         "    return e,es.b"),
        ("itertools next", _own_stop(
            "bests=[0]\n"
            "for e in range(1,len(losses)): bests.append(e if "
            "losses[e]<losses[bests[-1]]-min_delta else bests[-1])\n"
            "stop=next((e for e,b in enumerate(bests) if e-b==patience),len(losses)-1)\n"
            "return stop,bests[stop]")),
        ("named keys swapped order", _stop(
            stop="{'best': best, 'stop': epoch}", last="{'best': best, 'stop': len(losses)-1}")),
        ("epochs as floats", _stop(
            stop="float(epoch), float(best)", last="float(len(losses)-1), float(best)")),
    ],
    "choose_and_report": [
        ("a dictionary", _chosen(
            "return {'model': best, 'error': error(models[best], X_test, y_test)}")),
        ("score sort",
         "def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):\n"
         "    ranked=sorted(range(len(models)),key=lambda i:-models[i].fit(X_train,"
         "y_train).score(X_valid,y_valid))\n"
         "    return ranked[0],1-models[ranked[0]].score(X_test,y_test)"),
        ("by a Series", _fitted(
            "s=pd.Series([error(m,X_valid,y_valid) for m in models])\n"
            "return s.idxmin(), pd.Series(models[s.idxmin()].predict(X_test)!=y_test).mean()")),
        ("refit winner on train again", _chosen(
            "models[best].fit(X_train,y_train)\n"
            "return best, error(models[best], X_test, y_test)")),
    ],
    "ridge": [
        ("by einsum", _ridge(
            "return r@r/n+strength*w.dot(w), 2*np.einsum('ij,i->j',X,r)/n+2*strength*w, "
            "2*r.sum()/n")),
        ("mean axis 0", _three(grad_w="(2*r[:,None]*X).mean(axis=0)+2*strength*w")),
        ("dict in order", _ridge(
            "return {'loss': np.mean(r**2) + strength * np.sum(w**2), 'w': 2 * X.T @ r / n + "
            "2 * strength * w, 'b': 2 * np.mean(r)}")),
        ("gradient as a Series", _three(grad_w="pd.Series(2 * X.T @ r / n + 2 * strength * w)")),
        ("gradient as a column", _three(grad_w="((2*X.T@r/n)+2*strength*w).reshape(-1,1)")),
    ],
    "with_shifts": [
        ("by slices", _own_shifts(
            "z=np.zeros_like\n"
            "L,Rr,U,D=z(images),z(images),z(images),z(images)\n"
            "L[:,:,:-1]=images[:,:,1:]; Rr[:,:,1:]=images[:,:,:-1]; U[:,:-1]=images[:,1:]; "
            "D[:,1:]=images[:,:-1]\n"
            "return np.vstack([images,L,Rr,U,D]), np.hstack([labels]*5)")),
        ("column labels", _shifts(body="return np.concatenate(moved), np.tile(labels,5)[:,None]")),
        ("dict in order", _shifts(
            body="return {'images': np.concatenate(moved), 'labels': np.tile(labels,5)}")),
        ("in random order", _shifts(
            body="k=np.random.default_rng(0).permutation(5*n)\n"
                 "return np.concatenate(moved)[k], np.tile(labels,5)[k]")),
        ("other types of numbers", _shifts(
            body="return np.concatenate(moved).astype('float32'), np.tile(labels,"
                 "5).astype('int8')")),
    ],
    "find_leak": [
        ("line number with its code", 'leaking_line="Line 2: with_shifts"\n'),
    ],
    "optimism": [
        ("mean of gaps", _optimism("np.mean(error-np.sort(observed,axis=1)[:,0])")),
        ("from accuracies",
         "def optimism(k,n,error,rng):\n"
         "    a=1-rng.binomial(n,error,size=(4000,k))/n\n"
         "    return a.max(axis=1).mean()-(1-error)"),
        ("array of one", _optimism("np.array([error-observed.min(axis=1).mean()])")),
        ("python random",
         "def optimism(k,n,error,rng):\n"
         "    return error-sum(min(rng.binomial(n,error,k)) for _ in range(2500))/2500/n"),
        ("control variate", _optimism("observed.mean()-observed.min(axis=1).mean()")),
    ],
}
