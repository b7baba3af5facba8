import pytest
pytestmark=pytest.mark.django_db
def test_x():
    from tests.meta.addresses import of_kind
    from tests.meta.routes import DECLARED
    out=[]
    for a in of_kind('page','api'):
        for m in sorted(a.declared):
            if a.kind=='api':
                v=a.cls(action=a.view.actions[m]); need=v.needs(m)
            else:
                try: need=next(iter(a.cls().needed()),None)
                except Exception as e: need='?'
            v='anyone' if need is None else need.split('.')[-1]
            if (a.name,m) not in DECLARED: out.append(f'NEW {a.name:<32}{m} {v}')
            elif DECLARED[a.name,m][0]!=v: out.append(f'DIFF {a.name} {m} {v} {DECLARED[a.name,m]}')
    there={(a.name,m) for a in of_kind('page','api') for m in a.declared}
    out+= [f'GONE {x}' for x in DECLARED if x not in there]
    open('/tmp/new.txt','w').write('\n'.join(sorted(out)))
