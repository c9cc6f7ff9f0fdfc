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
fs.rmSync(folder,{recursive:true,force:true});
