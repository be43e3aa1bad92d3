"""More answers to lab 03, found by trying to mislead its checks.

The lists are like those of `answers_lab03`, whose `IMPORTS` come before each.
"""
# ruff: noqa: E501

WRONG = {
    "diagnose": [
        ('A fits', """diagnosis = {'A': 'fits', 'B': 'underfits', 'C': 'fits', 'D': 'suspicious', 'E': 'nothing to learn', 'F': 'fits'}""", 2.5, 'gap-is-overfitting'),
        ('B fits', """diagnosis = {'A': 'overfits', 'B': 'fits', 'C': 'fits', 'D': 'suspicious', 'E': 'nothing to learn', 'F': 'fits'}""", 2.5, 'fails-on-what-it-sees'),
        ('C overfits', """diagnosis = {'A': 'overfits', 'B': 'underfits', 'C': 'overfits', 'D': 'suspicious', 'E': 'nothing to learn', 'F': 'fits'}""", 2.5, 'near-what-people-reach'),
        ('D overfits', """diagnosis = {'A': 'overfits', 'B': 'underfits', 'C': 'fits', 'D': 'overfits', 'E': 'nothing to learn', 'F': 'fits'}""", 2.5, 'better-on-unseen'),
        ('D underfits', """diagnosis = {'A': 'overfits', 'B': 'underfits', 'C': 'fits', 'D': 'underfits', 'E': 'nothing to learn', 'F': 'fits'}""", 2.5, 'better-on-unseen'),
        ('E underfits', """diagnosis = {'A': 'overfits', 'B': 'underfits', 'C': 'fits', 'D': 'suspicious', 'E': 'underfits', 'F': 'fits'}""", 2.5, 'never-above-chance'),
        ('E suspicious', """diagnosis = {'A': 'overfits', 'B': 'underfits', 'C': 'fits', 'D': 'suspicious', 'E': 'suspicious', 'F': 'fits'}""", 2.5, 'never-above-chance'),
        ('F nothing', """diagnosis = {'A': 'overfits', 'B': 'underfits', 'C': 'fits', 'D': 'suspicious', 'E': 'nothing to learn', 'F': 'nothing to learn'}""", 2.5, 'people-disagree-too'),
        ('A susp', """diagnosis = {'A': 'suspicious', 'B': 'underfits', 'C': 'fits', 'D': 'suspicious', 'E': 'nothing to learn', 'F': 'fits'}""", 2.5, 'gap-is-overfitting'),
        ('all fits', """diagnosis=dict.fromkeys('ABCDEF','fits')""", 1.0, 'gap-is-overfitting'),
        ('None', """diagnosis=None""", 0.0, 'not-a-dictionary'),
        ('NaN', """diagnosis=dict.fromkeys('ABCDEF',float('nan'))""", 0.0, 'word-unknown'),
        ('dots', """diagnosis=dict.fromkeys('ABCDEF','...')""", 0.0, 'word-unknown'),
        ('series no labels', """diagnosis=pd.Series(['overfits']*6)""", 0.0, 'not-a-dictionary'),
    ],
    "stop_early": [
        ('patience >= after best idx', """def stop_early(losses,patience,min_delta=0.0):
    best=0
    for e in range(len(losses)):
        if losses[e]<losses[best]-min_delta: best=e
        elif e-best>patience: return e,best
    return len(losses)-1,best""", 1.5, 'off-by-one'),
        ('min_delta wrong sign', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] + min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best
    return len(losses) - 1, best""", 1.5, 'min-delta-added'),
        ('min_delta relative', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best]*(1-min_delta):
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best
    return len(losses) - 1, best""", 1.5, 'min-delta-as-share'),
        ('returns epoch-1', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return epoch - 1, best
    return len(losses) - 1, best""", 2.25, 'stop-before'),
        ('one epoch too early', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience - 1:
            return epoch, best
    return len(losses) - 1, best""", 1.5, 'too-early'),
        ('wait before test', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited + 1 >= patience:
            return epoch, best
    return len(losses) - 1, best""", 1.5, 'too-early'),
        ('lowest of window', """def stop_early(losses,patience,min_delta=0.0):
    for e in range(patience,len(losses)):
        if min(losses[e-patience+1:e+1])>=losses[e-patience]: return e,e-patience
    return len(losses)-1,int(np.nanargmin(losses))""", 1.5, 'no-min-delta'),
        ('at least min_delta', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[best]-losses[epoch] >= min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best
    return len(losses) - 1, best""", 1.5, 'ties'),
        ('NaN stops', """def stop_early(losses,patience,min_delta=0.0):
    best=waited=0
    for e in range(1,len(losses)):
        if math.isnan(losses[e]): return e,best
        if losses[e]<losses[best]-min_delta: best,waited=e,0
        else: waited+=1
        if waited==patience: return e,best
    return len(losses)-1,best""", 2.25, 'nan'),
        ('drops NaN rows', """def stop_early(losses,patience,min_delta=0.0):
    losses=[x for x in losses if x==x]
    best=waited=0
    for e in range(1,len(losses)):
        if losses[e]<losses[best]-min_delta: best,waited=e,0
        else: waited+=1
        if waited==patience: return e,best
    return len(losses)-1,best""", 2.25, 'nan'),
        ('reset to 1', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 1
        else:
            waited += 1
        if waited >= patience:
            return epoch, best
    return len(losses) - 1, best""", 1.5, 'never-back-to-zero'),
        ('exception at NaN', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if int(losses[epoch]*1e9) < int((losses[best]-min_delta)*1e9):
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return epoch, best
    return len(losses) - 1, best""", 2.25, 'nan'),
        ('text', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return f'{epoch}'
    return 'x'""", 0.0, 'not-two-numbers'),
    ],
    "choose_and_report": [
        ('percent', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    errors = [error(model, X_valid, y_valid) for model in models]
    best = int(np.argmin(errors))
    return best, 100*error(models[best], X_test, y_test)""", 1.5, 'percent'),
        ('counts', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    errors = [error(model, X_valid, y_valid) for model in models]
    best = int(np.argmin(errors))
    return best, len(y_test)*error(models[best], X_test, y_test)""", 1.5, 'counted'),
        ('swapped', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    e=[error(m,X_valid,y_valid) for m in models]
    b=int(np.argmin(e))
    return error(models[b],X_test,y_test), b""", 1.5, 'swapped'),
        ('one-based', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    errors = [error(model, X_valid, y_valid) for model in models]
    best = int(np.argmin(errors))
    return best + 1, error(models[best], X_test, y_test)""", 1.5, 'counts-from-one'),
        ('mean of val and test', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    errors = [error(model, X_valid, y_valid) for model in models]
    best = int(np.argmin(errors))
    return best, 0.5*error(models[best],X_valid,y_valid)+0.5*error(models[best], X_test, y_test)""", 1.0, 'mean-of-both'),
        ('smallest test error any', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    e=[error(m,X_valid,y_valid) for m in models]
    b=int(np.argmin(e))
    return b, min(error(m,X_test,y_test) for m in models)""", 1.0, 'smallest-on-test'),
        ('all val errors', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    e=[error(m,X_valid,y_valid) for m in models]
    return int(np.argmin(e)), e""", 0.0, 'not-two-numbers'),
    ],
    "ridge": [
        ('half', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2)/2 + strength*np.sum(w**2)/2, X.T@r/n+strength*w, np.mean(r)""", 0.0, 'all-halved'),
        ('norm not squared', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2)+strength*np.linalg.norm(w), 2*X.T@r/n+strength*w/np.linalg.norm(w), 2 * np.mean(r)""", 1.0, 'loss-differs'),
        ('mean of squared weights', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2)+strength*np.mean(w**2), 2*X.T@r/n+2*strength*w/len(w), 2 * np.mean(r)""", 1.0, 'loss-differs'),
        ('forgot b', """def ridge(w,b,X,y,strength):
    r=X@w-y
    return np.mean(r**2)+strength*np.sum(w**2),2*X.T@r/len(y)+2*strength*w,2*np.mean(r)""", 0.0, 'bias-forgotten'),
        ('penalty subtracted', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2)-strength*np.sum(w**2), 2*X.T@r/n-2*strength*w, 2 * np.mean(r)""", 1.0, 'penalty-subtracted'),
        ('strength squared', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2)+strength**2*np.sum(w**2), 2*X.T@r/n+2*strength**2*w, 2 * np.mean(r)""", 1.0, 'loss-differs'),
        ('grad_b zero', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2 * X.T @ r / n + 2 * strength * w, 0.0""", 2.0, 'bias-gradient-differs'),
        ('grad_b sum', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2 * X.T @ r / n + 2 * strength * w, 2*np.sum(r)""", 2.0, 'bias-gradient-differs'),
        ('grad_w without /n', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2*X.T@r+2*strength*w, 2 * np.mean(r)""", 2.0, 'weights-gradient-differs'),
        ('X not transposed mean', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2*np.mean(r)*X.mean(axis=0)+2*strength*w, 2 * np.mean(r)""", 2.0, 'weights-gradient-differs'),
        ('divided by d', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2*X.T@r/X.shape[1]+2*strength*w, 2 * np.mean(r)""", 2.0, 'weights-gradient-differs'),
        ('order w b loss', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return 2 * X.T @ r / n + 2 * strength * w, 2 * np.mean(r), np.mean(r**2) + strength * np.sum(w**2)""", 0.0, 'wrong-shape'),
        ('dict', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return dict(loss=np.mean(r**2) + strength * np.sum(w**2))""", 0.0, 'not-three'),
        ('nan', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2 * X.T @ r / n + 2 * strength * w, float('nan')""", 2.0, 'bias-gradient-differs'),
        ('text', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return 'a','b','c'""", 0.0, 'not-three'),
        ('grad of penalty sums', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), 2*X.T@r/n+2*strength*np.sum(w), 2 * np.mean(r)""", 2.0, 'weights-gradient-differs'),
        ('grad_w mean over rows n2', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), np.mean(2*X.T@r/n)+2*strength*w, 2 * np.mean(r)""", 2.0, 'weights-gradient-differs'),
        ('absolute error', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(np.abs(r))+strength*np.sum(w**2), 2 * X.T @ r / n + 2 * strength * w, 2 * np.mean(r)""", 2.0, 'loss-differs'),
    ],
    "with_shifts": [
        ('only diagonal', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1,1),(0,0),(2,2),(0,2),(2,0))]
    return np.concatenate(moved), np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('nine', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in [(i,j) for i in range(3) for j in range(3)]]
    return np.concatenate(moved), np.tile(labels,9)""", 0.0, 'other-pictures'),
        ('twice original', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1,1),(1,1),(2,1),(1,0),(1,2))]
    return np.concatenate(moved), np.tile(labels,5)""", 1.0, 'not-every-move'),
        ('ones as paper', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)), constant_values=1)
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved), np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('padded size', """def with_shifts(images,labels):
    p=np.pad(images,((0,0),(1,1),(1,1)))
    return np.concatenate([p]*5),np.tile(labels,5)""", 0.0, 'wrong-shape'),
        ('list of five arrays', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return moved, [labels]*5""", 0.0, 'wrong-shape'),
        ('stack axis0', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.stack(moved), np.tile(labels,5)""", 0.0, 'wrong-shape'),
        ('labels zero', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved), np.zeros(5*n)""", 0.5, 'labels-out-of-order'),
        ('labels sorted', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved), np.sort(np.tile(labels,5))""", 0.5, 'labels-out-of-order'),
        ('edge white 16/1 reflect', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode='reflect')
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved), np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('roll but not erased one', """def with_shifts(images,labels):
    l,r,u,d=[np.roll(images,s,axis=a) for s,a in ((-1,2),(1,2),(-1,1),(1,1))]
    l[:,:,-1]=0; r[:,:,0]=0; u[:,-1]=0
    return np.concatenate([images,l,r,u,d]),np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('erase wrong edge', """def with_shifts(images,labels):
    l,r,u,d=[np.roll(images,s,axis=a) for s,a in ((-1,2),(1,2),(-1,1),(1,1))]
    l[:,:,0]=0; r[:,:,-1]=0; u[:,0]=0; d[:,-1]=0
    return np.concatenate([images,l,r,u,d]),np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('labels first', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.tile(labels,5), np.concatenate(moved)""", 0.0, 'wrong-shape'),
        ('dict', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return {i:m for i,m in enumerate(moved)}""", 0.0, 'not-two-arrays'),
        ('NaN paper', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images.astype(float), ((0, 0), (1, 1), (1, 1)), constant_values=np.nan)
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved), np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('mirror', """def with_shifts(images,labels):
    return np.concatenate([images,images[:,:,::-1],images[:,::-1],images.transpose(0,2,1)[:, :images.shape[1], :images.shape[2]] if images.shape[1]==images.shape[2] else images[:,::-1,::-1],images]),np.tile(labels,5)""", 0.0, 'other-pictures'),
        ('shapes hard-coded 8', """def with_shifts(images,labels):
    out=[]
    for dy,dx in ((0,0),(1,0),(-1,0),(0,1),(0,-1)):
        p=np.pad(images,((0,0),(1,1),(1,1))); out.append(p[:,1-dy:9-dy,1-dx:9-dx])
    return np.concatenate(out),np.tile(labels,5)""", 0.0, 'wrong-shape'),
    ],
    "find_leak": [
        ('range', """leaking_line = 2.5""", 0.0, 'not-a-line'),
        ('None', """leaking_line=None""", 0.0, 'not-a-line'),
        ('7', """leaking_line=7""", 0.0, 'not-a-line'),
        ('code', """leaking_line='images, labels = with_shifts(images, labels)'""", 0.0, 'not-a-line'),
        ('NaN', """leaking_line=float('nan')""", 0.0, 'not-a-line'),
        ('0', """leaking_line=0""", 0.0, 'not-a-line'),
        ('True', """leaking_line=True""", 0.0, 'not-a-line'),
        ('before 3', """leaking_line='between 2 and 3'""", 0.0, 'not-a-line'),
        ('func', """def leaking_line(): return 2""", 0.0, 'not-a-line'),
    ],
    "optimism": [
        ('counts not shares', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return error*n-n*observed.min(axis=1).mean()""", 1.5, 'counts-rows'),
        ('k,n swapped', """def optimism(k,n,error,rng):
    o=rng.binomial(k,error,size=(5000,n))/k
    return error-o.min(axis=1).mean()""", 0.5, 'k-and-n-swapped'),
        ('k-1 first half only', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return error-observed[:,0].mean()""", 0.0, 'no-choice'),
        ('best accuracy 1-error', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return (1-error)-observed.min(axis=1).mean()""", 0.5, 'error-and-accuracy'),
        ('relative', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return (error-observed.min(axis=1).mean())/error""", 1.0, 'relative'),
        ('text', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return 'x'""", 0.0, 'not-one-number'),
        ('per model tuple', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return error, observed.min(axis=1).mean()""", 0.0, 'not-one-number'),
    ],
}

RIGHT = {
    "diagnose": [
        ('it ...', """diagnosis = {'A': 'it overfits', 'B': 'It underfits', 'C': 'it fits', 'D': 'suspicious!', 'E': 'there is nothing to learn', 'F': 'fits'}"""),
        ('team keys', """diagnosis={'team A':'overfits','Team B':'underfits','team C':'fits','team D':'suspicious','team E':'nothing to learn','team F':'fits'}"""),
        ('synonyms', """diagnosis = {'A': 'overfits', 'B': 'Underfit', 'C': 'well fitted', 'D': 'data leak', 'E': 'pure noise', 'F': 'fits'}"""),
        ('measurement', """diagnosis = {'A': 'overfit', 'B': 'underfits', 'C': 'fits', 'D': 'the measurement is suspicious', 'E': 'nothing to learn', 'F': 'fits'}"""),
    ],
    "stop_early": [
        ('best loss = inf first', """def stop_early(losses,patience,min_delta=0.0):
    low,best,bad=float("inf"),0,0
    for e,x in enumerate(losses):
        if low-x>min_delta: low,best,bad=x,e,0
        else: bad+=1
        if bad>=patience: break
    return e,best"""),
        ('iterator class', """class ES:
    def __init__(s,p,d): s.p,s.d,s.b,s.w,s.l=p,d,0,0,None
    def step(s,e,x):
        if s.l is None or x<s.l-s.d: s.b,s.l,s.w=e,x,0; return False
        s.w+=1; return s.w>=s.p
def stop_early(losses,patience,min_delta=0.0):
    es=ES(patience,min_delta)
    for e,x in enumerate(losses):
        if es.step(e,x): return e,es.b
    return e,es.b"""),
        ('itertools next', """def stop_early(losses,patience,min_delta=0.0):
    bests=[0]
    for e in range(1,len(losses)): bests.append(e if losses[e]<losses[bests[-1]]-min_delta else bests[-1])
    stop=next((e for e,b in enumerate(bests) if e-b==patience),len(losses)-1)
    return stop,bests[stop]"""),
        ('named keys swapped order', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return {'best': best, 'stop': epoch}
    return {'best': best, 'stop': len(losses)-1}"""),
        ('floats', """
def stop_early(losses, patience, min_delta=0.0):
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        if losses[epoch] < losses[best] - min_delta:
            best, waited = epoch, 0
        else:
            waited += 1
        if waited >= patience:
            return float(epoch), float(best)
    return float(len(losses)-1), float(best)"""),
    ],
    "choose_and_report": [
        ('dict', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    errors = [error(model, X_valid, y_valid) for model in models]
    best = int(np.argmin(errors))
    return {'model': best, 'error': error(models[best], X_test, y_test)}"""),
        ('score sort', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    ranked=sorted(range(len(models)),key=lambda i:-models[i].fit(X_train,y_train).score(X_valid,y_valid))
    return ranked[0],1-models[ranked[0]].score(X_test,y_test)"""),
        ('pandas', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    s=pd.Series([error(m,X_valid,y_valid) for m in models])
    return s.idxmin(), pd.Series(models[s.idxmin()].predict(X_test)!=y_test).mean()"""),
        ('refit winner on train again', """def choose_and_report(models, X_train, y_train, X_valid, y_valid, X_test, y_test):
    def error(model, X, y): return np.mean(model.predict(X) != y)
    for model in models: model.fit(X_train, y_train)
    errors = [error(model, X_valid, y_valid) for model in models]
    best = int(np.argmin(errors))
    models[best].fit(X_train,y_train)
    return best, error(models[best], X_test, y_test)"""),
    ],
    "ridge": [
        ('einsum', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return r@r/n+strength*w.dot(w), 2*np.einsum('ij,i->j',X,r)/n+2*strength*w, 2*r.sum()/n"""),
        ('mean axis 0', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), (2*r[:,None]*X).mean(axis=0)+2*strength*w, 2 * np.mean(r)"""),
        ('dict in order', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return {'loss': np.mean(r**2) + strength * np.sum(w**2), 'w': 2 * X.T @ r / n + 2 * strength * w, 'b': 2 * np.mean(r)}"""),
        ('series grad', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), pd.Series(2 * X.T @ r / n + 2 * strength * w), 2 * np.mean(r)"""),
        ('columns', """def ridge(w, b, X, y, strength):
    n = len(y)
    r = X @ w + b - y
    return np.mean(r**2) + strength * np.sum(w**2), ((2*X.T@r/n)+2*strength*w).reshape(-1,1), 2 * np.mean(r)"""),
    ],
    "with_shifts": [
        ('slices', """def with_shifts(images,labels):
    z=np.zeros_like
    L,Rr,U,D=z(images),z(images),z(images),z(images)
    L[:,:,:-1]=images[:,:,1:]; Rr[:,:,1:]=images[:,:,:-1]; U[:,:-1]=images[:,1:]; D[:,1:]=images[:,:-1]
    return np.vstack([images,L,Rr,U,D]), np.hstack([labels]*5)"""),
        ('column labels', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved), np.tile(labels,5)[:,None]"""),
        ('dict in order', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return {'images': np.concatenate(moved), 'labels': np.tile(labels,5)}"""),
        ('shuffled', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    k=np.random.default_rng(0).permutation(5*n)
    return np.concatenate(moved)[k], np.tile(labels,5)[k]"""),
        ('float32', """
def with_shifts(images, labels):
    n, h, w = images.shape
    p = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    moved = [p[:, i:i + h, j:j + w] for i, j in ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))]
    return np.concatenate(moved).astype('float32'), np.tile(labels,5).astype('int8')"""),
    ],
    "find_leak": [
        ('Line 2:', """leaking_line="Line 2: with_shifts"
"""),
    ],
    "optimism": [
        ('mean of gaps', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return np.mean(error-np.sort(observed,axis=1)[:,0])"""),
        ('accuracies', """def optimism(k,n,error,rng):
    a=1-rng.binomial(n,error,size=(4000,k))/n
    return a.max(axis=1).mean()-(1-error)"""),
        ('array of one', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return np.array([error-observed.min(axis=1).mean()])"""),
        ('python random', """def optimism(k,n,error,rng):
    return error-sum(min(rng.binomial(n,error,k)) for _ in range(2500))/2500/n"""),
        ('control variate', """def optimism(k, n, error, rng):
    observed = rng.binomial(n, error, size=(3000, k)) / n
    return observed.mean()-observed.min(axis=1).mean()"""),
    ],
}
