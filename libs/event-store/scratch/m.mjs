import { z } from 'zod'; import crypto from 'node:crypto'; import fs from 'node:fs'; import { DatabaseSync } from 'node:sqlite';
import { defineEvent, sealed, Text, LongText, PersonId, CaseId, code, derivedId, open } from '@waymark/kernel';
import { memoryKeyStore } from '@waymark/keys';
import { openSqliteEventLog, sealedEventStore, eventCatalogue, aggregates } from '../dist/index.js';
import { openEvents } from '../dist/adapters/sqlite/open.js'; import { insertEvent } from '../dist/adapters/sqlite/schema.js';
import { v7 } from 'uuid';
const ContactReceived = defineEvent('referral.ContactReceived.v1', { contactId: PersonId, childId: PersonId, source: code(['school','police']), reasons: z.array(code(['absence','worry'])), childName: sealed(Text,{of:'childId'}), story: sealed(LongText,{of:'childId'}) }, ()=>'' );
const random = n=>crypto.randomBytes(n);
const clock={now:()=>new Date().toISOString()};
const folder='/work/scratch-bench'; fs.rmSync(folder,{recursive:true,force:true}); fs.mkdirSync(folder);
const cases=Array.from({length:500},()=>v7());
const ev=(i)=>({id:v7(),type:ContactReceived.type,caseId:cases[i%500],occurredAt:'2026-03-02T09:15:00.000Z',actor:{user:'dana',role:'practitioner',organisation:'fenbank'},purpose:'early-help',policy:{pack:'peterborough',version:'2025-06'},correlationId:v7(),causationId:v7(),data:{contactId:cases[(i*7)%500],childId:cases[i%500],source:'school',reasons:['absence','worry'],childName:'Amir Khan',story:'He is often absent and his mother is unwell. '.repeat(3)}});
const med=a=>a.toSorted((x,y)=>x-y)[a.length>>1];
const keys=memoryKeyStore(random); await keys.provide(cases);
const mk=(n)=>{const log=openSqliteEventLog({path:`${folder}/${n}.db`,clock}); return {log,store:sealedEventStore({log,keys,catalogue:eventCatalogue([ContactReceived]),random})}};
const W=50, PER=60;
const rounds=+process.argv[2]||9; const r50=[],r1=[],rs=[]; const T={raw:[],ours:[],bare:[]};
// sample rows: take from a real store
const sample=mk('sample'); for(let g=0;g<60;g++) await Promise.all(Array.from({length:50},(_,i)=>sample.store.append(`referral.contact-${cases[i]}`,g===0?'none':g,[ev(i)],v7())));
const srows=new DatabaseSync(':memory:'); await sample.log.close(); const sdb=new DatabaseSync(`${folder}/sample.db`); const sel=sdb.prepare('select * from events order by position'); sel.setReturnArrays(true); const rows=sel.all(); const cols=Object.keys(sdb.prepare('select * from events limit 1').get()); sdb.close();
console.log('row bytes', JSON.stringify(rows[0]).length);
// streams: PER appends per writer on own streams
const order=['position','stream','version','type','context','batch','case_id','id','occurred_at','recorded_at','command_id','correlation_id','causation_id','checksum','data'].map(c=>cols.indexOf(c));
const prows=rows.map(r=>order.map(i=>r[i]));
async function raw(n,group){ const db=openEvents(`${folder}/${n}.db`); const ins=db.prepare(insertEvent); const t=performance.now(); for(let i=0;i<prows.length;i+=group){ db.exec('BEGIN IMMEDIATE'); for(let j=i;j<i+group&&j<prows.length;j++) ins.run(...prows[j]); db.exec('COMMIT'); await new Promise(setImmediate);} const d=performance.now()-t; db.close(); return d*1000/prows.length; }
async function ours(n,writers,total){ const {log,store}=mk(n); const events=Array.from({length:total},(_,i)=>ev(i%writers)); const ids=events.map(()=>v7()); let c=0; const t=performance.now(); await Promise.all(Array.from({length:writers},async(_,w)=>{ for(let v=0;v<total/writers;v++){ const k=v*writers+w; await store.append(`referral.contact-${cases[w]}`,v===0?'none':v,[events[k]],ids[k]); } })); const d=performance.now()-t; await log.close(); return d*1000/total; }
async function unsealed(n,writers,total){ const {log,store}=mk(n); const events=Array.from({length:total},(_,i)=>({...ev(i%writers),data:prows[i][14]})); const ids=events.map(()=>v7()); const t=performance.now(); await Promise.all(Array.from({length:writers},async(_,w)=>{ for(let v=0;v<total/writers;v++){ const k=v*writers+w; await log.append(`referral.contact-${cases[w]}`,v===0?'none':v,[events[k]],ids[k]); } })); const d=performance.now()-t; await log.close(); return d*1000/total; }
for(let i=-1;i<rounds;i++){ const a=await raw('raw'+i,50), b=await ours('our'+i,50,3000), c=await unsealed('un'+i,50,3000); if(i>=0){T.raw.push(a);T.ours.push(b);T.bare.push(c);r50.push(a/b);rs.push(a/c)} }
console.log('append-50: raw',med(T.raw).toFixed(1),'ours',med(T.ours).toFixed(1),'log only',med(T.bare).toFixed(1),'ratio',med(r50).toFixed(3),'log-only ratio',med(rs).toFixed(3), 'min/max',Math.min(...r50).toFixed(2),Math.max(...r50).toFixed(2));
{ const T1=[],T2=[]; const keep=prows.splice(800); for(let i=-1;i<rounds;i++){ const a=await raw('r1-'+i,1), b=await ours('o1-'+i,1,800); if(i>=0){T1.push(a);T2.push(b);r1.push(a/b)} } prows.push(...keep); console.log('append-1: raw',med(T1).toFixed(1),'ours',med(T2).toFixed(1),'ratio',med(r1).toFixed(3)); }
// load-30
{ const {log,store}=mk('load'); for(let s=0;s<200;s++){ for(let k=0;k<3;k++) await store.append(`referral.contact-${cases[s]}`,k===0?'none':k*10,Array.from({length:10},()=>ev(s)),v7()); }
 await log.close(); const {DatabaseSync:D}=await import('node:sqlite');
 const rdb=new D(`${folder}/load.db`); rdb.exec('pragma cache_size=-16384'); const q=rdb.prepare('select e.* from events e where stream=? and version>=1 order by version'); q.setReturnArrays(true); const cn=Object.keys(rdb.prepare('select * from events limit 1').get()); const di=cn.indexOf('data'),idi=cn.indexOf('id');
 const sk=new Map(rdb.prepare('select key,name from streams').all().map(x=>[x.name,x.key]));
 const kos=new Map(cases.map(s=>[s,crypto.createSecretKey(keys.peek(s).bytes)]));
 const dec=(r)=>{ const o=JSON.parse(r[di]); for(const {s,c} of o.$sealed){ const b=Buffer.from(c,'base64'); const d=crypto.createDecipheriv('aes-256-gcm',kos.get(s),b.subarray(0,12)); d.setAAD(Buffer.from(`${r[idi]}\nreferral.ContactReceived.v1\n${s}`)); d.setAuthTag(b.subarray(b.length-16)); Object.assign(o,JSON.parse(d.update(b.subarray(12,b.length-16),undefined,'utf8')+d.final('utf8'))); } return o; };
 const rawLoad=()=>{ const t=performance.now(); let n=0; for(let s=0;s<200;s++){ const rs=q.all(sk.get(`referral.contact-${cases[s]}`)); for(const r of rs){ dec(r); n++; } } return (performance.now()-t)*1000/200; };
 const qa=rdb.prepare('select * from events where position>? order by position limit 500'); qa.setReturnArrays(true);
 const rawScan=()=>{ const t=performance.now(); let n=0,a=0; for(;;){ const rs=qa.all(a); if(!rs.length)break; a=rs.at(-1)[0]; for(const r of rs){dec(r);n++;} } return (performance.now()-t)*1000/n; };
 const A=[],S=[]; for(let i=0;i<rounds+1;i++){A.push(rawLoad());S.push(rawScan());} rdb.close();
 const o=mk('load'); const agg={name:'referral.contact',events:[ContactReceived],initial:{n:0},decide:()=>({outcome:'accepted',events:[]}),evolve:(s,e)=>({n:s.n+1,last:e.data.childName})};
 const B=[],C=[],S2=[]; for(let i=0;i<rounds+1;i++){ const run=aggregates({store:o.store,clock,ids:{next:v7}}); let t=performance.now(); for(let s=0;s<200;s++) await run.load(agg,cases[s]); B.push((performance.now()-t)*1000/200); t=performance.now(); for(let k=0;k<10;k++) for(let s=0;s<200;s++) await run.load(agg,cases[s]); C.push((performance.now()-t)*1000/2000);
  t=performance.now(); let n=0; for await(const p of o.store.readAll('start',{pageSize:500})) for(const e of p){ n++; if(!e.data.story) throw 1;} S2.push((performance.now()-t)*1000/n); }
 console.log('load-30: raw',med(A).toFixed(0),'ours',med(B).toFixed(0),'ratio',(med(A)/med(B)).toFixed(3),'cached us',med(C).toFixed(2),'x',(med(B)/med(C)).toFixed(0)); console.log('scan: raw',med(S).toFixed(2),'ours',med(S2).toFixed(2),'ratio',(med(S)/med(S2)).toFixed(3)); await o.log.close(); }
fs.rmSync(folder,{recursive:true,force:true});
